using Microsoft.Extensions.Time.Testing;
using ServerlessConcurrency.Storage.Liveness;

namespace ServerlessConcurrency.Storage.Tests.Liveness;

public sealed class HeartbeatTests
{
    private const int Guard = 60_000;

    [Fact(Timeout = Guard)]
    public async Task Whatever_a_beat_throws_the_next_one_comes_and_the_end_is_none_of_its_business()
    {
        var clock = new FakeTimeProvider();
        const int Last = 3;
        int beats = 0;
        var hangs = new TaskCompletionSource();
        var heartbeat = new Heartbeat(BeatAsync, clock);
        while (!hangs.Task.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(1);
        }

        await heartbeat.DisposeAsync();

        async Task BeatAsync(CancellationToken token)
        {
            if (++beats < Last)
                throw new InvalidOperationException("the storage says something else");
            hangs.SetResult();
            await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // As the SDK does when it is cancelled between two tries.
            throw new AggregateException("Retry failed after 4 tries.");
        }
    }
}
