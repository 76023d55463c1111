using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.FunctionsHosts;

namespace ServerlessConcurrency.EndToEnd.Tests;

[Collection(FunctionsFixture.Collection)]
public sealed class LostStorageTests(FunctionsFixture functions)
{
    private const string FanOut = """
        { "name": "fan-out", "workloads": [ { "kind": "delay", "size": 500, "tasks": 60 } ],
          "models": [ "durable" ], "driftReference": false, "degree": 6, "rounds": 1, "warmupRounds": 0 }
        """;

    [Fact]
    public async Task A_fan_out_whose_storage_is_away_for_a_minute_completes_with_every_task_counted_once()
    {
        var log = new HostLog();
        await using HostFleet fleet = await HostFleet.StartAsync(functions.NewHub(3, log.Add), CancellationToken.None);
        using var stop = new CancellationTokenSource();
        Task alive = fleet.KeepAliveAsync(log.Add, stop.Token);
        using var submission = new Submission(fleet.Hosts[0], FanOut);
        await Eventually.True(() => log.ExecutedTasks("host-2") >= 3, "the second host executes tasks");

        await functions.SuspendStorageAsync(TimeSpan.FromSeconds(60));

        ExperimentDocument document = await submission.CompleteAsync(log);
        Assert.Equal(Enumerable.Range(0, 60), submission.CountedTasks(document));
        Assert.False(alive.IsFaulted, alive.Exception?.Message);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => alive);
    }
}
