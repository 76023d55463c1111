using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.FunctionsHosts;

namespace ServerlessConcurrency.EndToEnd.Tests;

[Collection(FunctionsFixture.Collection)]
public sealed class ExperimentTests(FunctionsFixture functions)
{
    private static readonly string[] Models =
    [
        "sequential", "threads", "thread-pool", "event-loop", "async", "gil-threads", "processes", "queue", "durable", "durable-batch",
    ];

    [Fact]
    public async Task All_ten_models_compute_the_same_also_users_methods_and_durable_spreads_over_the_hosts()
    {
        var log = new HostLog();
        await using HostFleet fleet = await HostFleet.StartAsync(functions.NewHub(2, log.Add), CancellationToken.None);
        using var submission = new Submission(fleet.Hosts[0], """
            { "name": "all ten",
              "workloads": [
                { "kind": "primes", "size": 20000, "tasks": 12 }, { "kind": "http", "size": 100, "tasks": 16 },
                { "kind": "hashes", "tasks": 6 }, { "kind": "reads", "items": "workloads/items.ndjson" } ],
              "degree": 4, "rounds": 1, "warmupRounds": 1 }
            """);

        ExperimentDocument document = await submission.CompleteAsync(log);

        Assert.Equal(ExperimentStatus.Completed, document.Status);
        Assert.Equal("azure-functions", document.Environment.Engine);
        foreach (string workload in new[] { "primes", "http", "hashes", "reads" })
        {
            RunResult[] runs = [.. document.Runs.Where(run => run.Workload == workload)];
            Assert.Equal(Models.Order(), runs.Select(run => run.Model).Order());
            Assert.Single(runs.Select(run => run.Checksum).Distinct());
            Assert.All(runs, run => Assert.True(run.IsValid, $"{run.Model}: {run.Error}"));
        }

        Assert.Equal(4, document.Runs.Single(run => run is { Workload: "http", Model: "processes" }).Hosts);
        string[] hosts =
        [
            .. submission.Timings(document).Where(row => row["model"] == "durable").Select(row => row["hostId"]).Distinct(),
        ];
        Assert.True(hosts.Length >= 2, $"durable ran on {string.Join(", ", hosts)} only");
        Assert.All(Models, model => Assert.Contains(submission.Timings(document), row => row["model"] == model));
        Assert.Empty(log.Warnings());
    }
}
