namespace ServerlessConcurrency.Api.Endpoints;

/// <summary>Who reads timings: one at a time. It ends by itself, too.</summary>
internal sealed class Turn : IDisposable
{
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(5);
    private static readonly SemaphoreSlim Turns = new(1);

    private readonly Timer _end;
    private int _hasEnded;

    private Turn() => _end = new Timer(static turn => ((Turn)turn!).Dispose(), this, Time, Timeout.InfiniteTimeSpan);

    public static async Task<Turn> WaitAsync(CancellationToken cancellationToken)
    {
        await Turns.WaitAsync(cancellationToken);
        return new Turn();
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _hasEnded, 1) != 0)
            return;
        Turns.Release();
        _end.Dispose();
    }
}
