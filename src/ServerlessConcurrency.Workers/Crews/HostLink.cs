using System.Diagnostics;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Processes;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Workers.Crews;

/// <summary>The parent's side of one host process: tells it when runs begin and end, and notices when it is gone.</summary>
internal sealed class HostLink : IAsyncDisposable
{
    private readonly WorkerProcess _worker;
    private readonly HostFrameHandler? _told;
    private readonly TaskCompletionSource<string> _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _writeLock = new();
    private TaskCompletionSource<HostReport?> _report = NewReport();
    private Deadline? _hearing;
    private Deadline? _silence;
    private TaskCompletionSource _warm = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HostLink(WorkerProcess worker, HostFrameHandler? told)
    {
        _worker = worker;
        _told = told;
        new Thread(Read, maxStackSize: 256 * 1024)
        {
            IsBackground = true,
            Name = $"host process {worker.Host.ProcessId}",
        }.Start();
    }

    /// <summary>Ends when the worker is gone, with how it ended and what it wrote to standard error.</summary>
    public Task<string> Gone => _gone.Task;

    /// <summary>How long it took until the worker was ready, since its start was asked for.</summary>
    public TimeSpan StartTime { get; private set; }

    public int ProcessId => _worker.Host.ProcessId;

    /// <summary>Starts a worker and waits until it is ready.</summary>
    /// <exception cref="WorkerStartException">It could not be started, died at once or hung.</exception>
    public static async Task<HostLink> StartAsync(
        WorkerLaunch launch, string role, WorkloadEnvironment environment, object? settings, HostFrameHandler? told, CancellationToken cancellationToken)
    {
        long asked = Stopwatch.GetTimestamp();
        WorkerProcess worker = await WorkerProcess.StartAsync(launch, role, environment, settings, cancellationToken);
        var link = new HostLink(worker, told);
        try
        {
            using Deadline inTime = worker.Expect("start what it works with", launch.ReadyPatience);
            if (await Task.WhenAny(link._warm.Task, link.Gone).WaitAsync(cancellationToken) == link.Gone)
                throw new WorkerStartException($"the child process '{launch}' ended before it was ready: {await link.Gone}");
        }
        catch
        {
            await link.DisposeAsync();
            throw;
        }

        link.StartTime = Stopwatch.GetElapsedTime(asked);
        return link;
    }

    /// <summary>Lets it warm up for the workload of a run and waits until it has, or is gone: that is noticed during the run.</summary>
    public async Task WarmUpAsync(RunOrder run, CancellationToken cancellationToken)
    {
        _warm = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task warm = _warm.Task;
        using Deadline hearing = _worker.Expect("answer");
        _hearing = hearing;
        using Deadline warming = _worker.Expect("warm up", AnswerLimit.WarmUp(run));
        Write(writer =>
        {
            writer.Append(SignOfLife.Ask, 0);
            writer.AppendJson(HostProtocol.WarmUp, run);
        });
        await Task.WhenAny(warm, Gone).WaitAsync(cancellationToken);
    }

    /// <summary>Tells it that a run begins. Until that ends it is killed where it gives no sign of life.</summary>
    public void Begin(IHostAssignment assignment)
    {
        _report = NewReport();
        Write(writer => writer.AppendJson<object>(HostProtocol.Begin, assignment));
        _silence = new Deadline(_worker, _worker.Patience, "answer", () => Write(static writer => writer.Append(SignOfLife.Ask, 0)));
    }

    /// <summary>Tells it that the run has ended and waits for its report; a worker that does not put down its work is killed.</summary>
    /// <returns>The report, or null where the worker is gone.</returns>
    public async Task<HostReport?> EndAsync()
    {
        _silence?.Dispose();
        Task<HostReport?> report = _report.Task;
        using Deadline inTime = _worker.Expect("put down its work", AnswerLimit.End);
        Write(writer => writer.Append(HostProtocol.End, 0));
        await Task.WhenAny(report, Gone);
        return report.IsCompletedSuccessfully ? await report : null;
    }

    /// <summary>Kills the worker and waits until it is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        _silence?.Dispose();
        _worker.Kill();
        await Gone;
        _worker.Dispose();
    }

    private static TaskCompletionSource<HostReport?> NewReport() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Sends frames; does nothing where it is gone.</summary>
    public void Write(Action<FrameWriter> append)
    {
        try
        {
            lock (_writeLock)
            {
                append(_worker.Writer);
                _worker.Writer.Flush();
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // It has died, and may have been cleared away before it was replaced; the reading thread says so.
        }
    }

    private void Read()
    {
        try
        {
            while (_worker.Reader.Read(out Frame frame))
            {
                if (frame.Kind >= HostProtocol.FirstOfRole)
                    _told?.Invoke(ProcessId, frame);
                else if (frame.Kind == SignOfLife.Given)
                    NoteSign();
                else if (frame.Kind == HostProtocol.Warm)
                    _warm.TrySetResult();
                else
                    _report.TrySetResult(frame.ReadJson<HostReport>());
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            _worker.Kill();
        }

        _silence?.Dispose();
        _gone.TrySetResult(_worker.DescribeExit());
    }

    private void NoteSign()
    {
        _hearing?.Dispose();
        _silence?.Restart();
    }
}
