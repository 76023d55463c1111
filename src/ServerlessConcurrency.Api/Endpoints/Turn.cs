namespace ServerlessConcurrency.Api.Endpoints;

/// <summary>Who reads timings: one at a time. It ends by itself, too: after some seconds, and soon where the client does not take what it is sent.</summary>
internal sealed class Turn : IDisposable
{
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);
    private static readonly SemaphoreSlim Turns = new(1);

    private readonly Timer _end;
    private readonly Timer _stall;
    private int _hasEnded;

    private Turn()
    {
        _end = new Timer(End, this, Time, Timeout.InfiniteTimeSpan);
        _stall = new Timer(End, this, Timeout.Infinite, Timeout.Infinite);
    }

    public static async Task<Turn> WaitAsync(CancellationToken cancellationToken)
    {
        await Turns.WaitAsync(cancellationToken);
        return new Turn();
    }

    /// <summary>Waits until the client has taken enough for more to be sent.</summary>
    public async ValueTask SendAsync(ValueTask sent)
    {
        if (!sent.IsCompleted)
            _stall.Change(Patience, Timeout.InfiniteTimeSpan);
        await sent;
        _stall.Change(Timeout.Infinite, Timeout.Infinite);
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _hasEnded, 1) != 0)
            return;
        Turns.Release();
        _end.Dispose();
        _stall.Dispose();
    }

    private static void End(object? turn) => ((Turn)turn!).Dispose();
}
