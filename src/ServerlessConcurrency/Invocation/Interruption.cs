using System.Diagnostics;
using System.Runtime.InteropServices;
using ServerlessConcurrency.Workers.Pinning;

namespace ServerlessConcurrency.Invocation;

/// <summary>
/// Turns Ctrl+C and the signals to terminate into a cancellation, so that what was measured can be kept. The second one ends
/// the program at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    public const string Stopping = "Stopping; what was measured is kept. Once more to quit at once.";

    // Passed on by the program that started this one, a signal of the terminal arrives twice; so far apart at most.
    public static readonly TimeSpan EchoTime = TimeSpan.FromSeconds(1);

    private readonly string? _note;
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Lock _lock = new();
    private Action<PosixSignal>? _other;
    private long _lastSignal;
    private int _signals;

    /// <param name="note">Told at the first signal; null: nothing.</param>
    public Interruption(string? note = Stopping)
    {
        _note = note;
        foreach (PosixSignal signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP })
            _registrations.Add(PosixSignalRegistration.Create(signal, Handle));
    }

    public CancellationToken Token => _source.Token;

    /// <summary>From now on signals are somebody else's.</summary>
    public void HandOver(Action<PosixSignal> other) => Volatile.Write(ref _other, other);

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Volatile.Read(ref _other) is { } other)
        {
            other(context.Signal);
            return;
        }

        if (IsEcho())
            return;
        if (Interlocked.Increment(ref _signals) > 1)
            Environment.Exit(ExitCodes.Cancelled);
        if (_note is not null)
        {
            Console.Error.WriteLine();
            Console.Error.WriteLine(_note);
        }

        _source.Cancel();
    }

    private bool IsEcho()
    {
        if (!PinnedProgram.IsThisProcess)
            return false;
        lock (_lock)
        {
            if (_signals > 0 && Stopwatch.GetElapsedTime(_lastSignal) < EchoTime)
                return true;
            _lastSignal = Stopwatch.GetTimestamp();
            return false;
        }
    }
}
