using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Workers.Isolation;

/// <summary>
/// Ends this process where no task of a run has ended for as long as one may take: then one of them has taken longer. What the others have done
/// is sent before.
/// </summary>
internal sealed class HangWatch : IDisposable
{
    private const int ExitCode = 3;

    private readonly RunContext _run;
    private readonly Action _send;
    private readonly Action _giveSign;
    private readonly Timer? _timer;
    private readonly Lock _lock = new();
    private long _changedTicks;
    private int _attempts;
    private bool _hasEnded;

    /// <param name="send">Sends what the run has recorded.</param>
    /// <param name="giveSign">Lets the parent know from time to time that this process goes on.</param>
    public HangWatch(RunContext run, Action send, Action giveSign)
    {
        _giveSign = giveSign;
        _run = run;
        _send = send;
        _changedTicks = run.Clock.GetTimestamp();
        TimeSpan timeout = run.Order.TaskTimeout;
        if (timeout == Timeout.InfiniteTimeSpan)
            return;
        TimeSpan period = TimeSpan.FromTicks(Math.Clamp(timeout.Ticks / 4, TimeSpan.TicksPerMillisecond * 10, TimeSpan.TicksPerSecond));
        _timer = new Timer(_ => Look(), null, period, period);
    }

    public void End()
    {
        lock (_lock)
            _hasEnded = true;
    }

    public void Dispose() => _timer?.Dispose();

    private void Look()
    {
        lock (_lock)
        {
            if (_hasEnded)
                return;
            _giveSign();
            int attempts = _run.Recorder.Count;
            if (attempts != _attempts)
            {
                _attempts = attempts;
                _changedTicks = _run.Clock.GetTimestamp();
            }

            if (_run.Clock.GetElapsedTime(_changedTicks) < _run.Order.TaskTimeout)
                return;
            _send();
            Console.Error.WriteLine($"a task {TaskExecution.DescribeTimeout(_run.Order.TaskTimeout)}");
            Environment.Exit(ExitCode);
        }
    }
}
