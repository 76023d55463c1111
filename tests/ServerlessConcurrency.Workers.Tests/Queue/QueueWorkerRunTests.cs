using Azure;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Queueing;

namespace ServerlessConcurrency.Workers.Tests.Queue;

public sealed class QueueWorkerRunTests(QueueStorage storage) : IClassFixture<QueueStorage>, IDisposable
{
    private readonly QueueLab _lab = new(storage);

    public void Dispose() => _lab.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task An_empty_queue_is_looked_at_less_and_less_often_until_there_is_work()
    {
        var clock = new PauseRecorder(TimeSpan.FromSeconds(1));
        RunContext run = _lab.NewRun("primes", 100, tasks: 1, degree: 1);
        await _lab.OpenQueue().CreateAsync();
        using var ended = new CancellationTokenSource();
        Task<int> working = _lab.NewWorkerRun(run, clock).ExecuteAsync(ended.Token);

        int[] doubling = [10, 20, 40, 80, 160, 320, 500, 500];
        await Eventually.True(() => clock.Pauses.Count >= doubling.Length, "several looks at the empty queue");
        Assert.Equal(doubling, clock.Pauses.Take(doubling.Length).Select(pause => (int)pause.TotalMilliseconds));

        await _lab.OpenQueue().SendAsync([QueueLab.Message(run, 0)]);
        await Eventually.True(() => clock.Pauses.Count(pause => pause.TotalMilliseconds == 10) == 2, "a short pause after work");
        await ended.CancelAsync();
        Assert.Equal(1, await working);
    }

    [Fact(Timeout = 60_000)]
    public async Task Storage_that_is_away_for_a_while_only_delays_the_results()
    {
        RunContext run = _lab.NewRun("primes", 100, tasks: 3, degree: 1);
        ITaskQueue queue = _lab.OpenQueue();
        await queue.CreateAsync();
        await queue.SendAsync(Enumerable.Range(0, 3).Select(index => QueueLab.Message(run, index)));
        var shaky = new ShakyBackend(_lab.Backend);
        using var ended = new CancellationTokenSource();
        Task<int> working = _lab.NewWorkerRun(run, new PauseRecorder(TimeSpan.FromSeconds(10)), shaky).ExecuteAsync(ended.Token);

        await Eventually.True(() => _lab.RowsAsync(run).GetAwaiter().GetResult().Count == 3, "all rows");
        await Eventually.True(() => queue.ReceiveAsync(32, TimeSpan.FromSeconds(1)).GetAwaiter().GetResult().Count == 0, "no message");
        await ended.CancelAsync();
        Assert.Equal(3, await working);
        Assert.True(shaky.Failures > 3);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_stage_that_fails_ends_the_worker()
    {
        RunContext run = _lab.NewRun("primes", 100, tasks: 1, degree: 1);
        await _lab.OpenQueue().CreateAsync();
        Task<int> working = _lab.NewWorkerRun(run, TimeProvider.System).ExecuteAsync(CancellationToken.None);

        await _lab.OpenQueue().DeleteAsync();

        RequestFailedException exception = await Assert.ThrowsAsync<RequestFailedException>(() => working);
        Assert.Equal("QueueNotFound", exception.ErrorCode);
    }
}
