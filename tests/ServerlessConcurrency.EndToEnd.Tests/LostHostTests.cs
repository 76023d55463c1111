using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.FunctionsHosts;

namespace ServerlessConcurrency.EndToEnd.Tests;

[Collection(FunctionsFixture.Collection)]
public sealed class LostHostTests(FunctionsFixture functions)
{
    private const string FanOut = """
        { "name": "fan-out", "workloads": [ { "kind": "delay", "size": 500, "tasks": 40 } ],
          "models": [ "durable" ], "driftReference": false, "degree": 4, "rounds": 1, "warmupRounds": 0 }
        """;

    [Fact]
    public async Task A_fan_out_that_loses_a_host_completes_with_every_task_counted_once()
    {
        var log = new HostLog();
        await using HostFleet fleet = await HostFleet.StartAsync(functions.NewHub(2, log.Add), CancellationToken.None);
        using var submission = new Submission(fleet.Hosts[0], FanOut);
        await Eventually.True(() => log.ExecutedTasks("host-2") >= 3, "the second host executes tasks");

        await fleet.Hosts[1].KillAsync();

        ExperimentDocument document = await submission.CompleteAsync(log);
        Assert.Equal(Enumerable.Range(0, 40), submission.CountedTasks(document));
        RunResult run = Assert.Single(document.Runs);
        Assert.True(run.IsValid, run.Error);
        Assert.Equal(2, run.Hosts);
    }

    [Fact]
    public async Task A_fan_out_whose_hosts_were_all_killed_goes_on_when_they_are_started_again()
    {
        var log = new HostLog();
        HostFleetOptions hub = functions.NewHub(2, log.Add);
        await using HostFleet killed = await HostFleet.StartAsync(hub, CancellationToken.None);
        using var submission = new Submission(killed.Hosts[0], FanOut);
        await Eventually.True(
            () => log.ExecutedTasks("host-1") + log.ExecutedTasks("host-2") >= 8, "the fan-out is under way");

        await Task.WhenAll(killed.Hosts.Select(host => host.KillAsync()));
        await using HostFleet restarted = await HostFleet.StartAsync(hub, CancellationToken.None);

        ExperimentDocument document = await submission.CompleteAsync(log);
        Assert.Equal(Enumerable.Range(0, 40), submission.CountedTasks(document));
        RunResult run = Assert.Single(document.Runs);
        Assert.True(run.IsValid, run.Error);
        Assert.True(run.Hosts > 2, $"tasks were executed by {run.Hosts} hosts, before and after");
    }
}
