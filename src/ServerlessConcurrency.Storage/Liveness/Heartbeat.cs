namespace ServerlessConcurrency.Storage.Liveness;

/// <summary>
/// Tells a store now and then that this program still runs an experiment, however long a single run takes. An experiment
/// whose heartbeat has stopped was abandoned: its program was killed, or the machine was switched off.
/// </summary>
internal sealed class Heartbeat : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _beating;

    public Heartbeat(Func<CancellationToken, Task> beat, TimeProvider clock) => _beating = BeatAsync(beat, clock);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _beating.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task BeatAsync(Func<CancellationToken, Task> beat, TimeProvider clock)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
                await TryAsync(beat).ConfigureAwait(false);
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // Stopped; whatever a late answer says is no matter of the experiment.
        }
    }

    private async Task TryAsync(Func<CancellationToken, Task> beat)
    {
        try
        {
            await beat(_stop.Token).ConfigureAwait(false);
        }
        catch (Exception) when (!_stop.IsCancellationRequested)
        {
            // The next one may get through; if the store stays away, whoever writes to it finds out.
        }
    }
}
