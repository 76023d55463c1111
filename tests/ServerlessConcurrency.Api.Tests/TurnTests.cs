using System.Diagnostics;
using ServerlessConcurrency.Api.Endpoints;

namespace ServerlessConcurrency.Api.Tests;

public sealed class TurnTests
{
    private const int Guard = 60_000;

    // Each would have kept its turn for 5 s.
    [Fact(Timeout = Guard)]
    public async Task Clients_that_do_not_read_lose_their_turn_soon()
    {
        var taken = new TaskCompletionSource();
        var started = Stopwatch.StartNew();
        var sent = new List<Task>();
        for (int client = 0; client < 6; client++)
        {
            Turn turn = await Turn.WaitAsync(CancellationToken.None);
            sent.Add(new TurnStream(new FullStream(taken.Task), turn).WriteAsync(new byte[1]).AsTask());
        }

        using (await Turn.WaitAsync(CancellationToken.None))
            Assert.InRange(started.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(15));

        Assert.DoesNotContain(sent, write => write.IsCompleted);
        taken.SetResult();
        // They go on, and end their turns once.
        await Task.WhenAll(sent);
        using Turn one = await Turn.WaitAsync(CancellationToken.None);
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Turn.WaitAsync(soon.Token));
    }

    private sealed class FullStream(Task taken) : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => new(taken);
    }
}
