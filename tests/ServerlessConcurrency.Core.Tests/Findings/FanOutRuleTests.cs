using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Findings;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Tests.Analysis;

namespace ServerlessConcurrency.Core.Tests.Findings;

/// <summary>Rules about hosts and orchestrations.</summary>
public sealed class FanOutRuleTests
{
    private static readonly double[] Wall = [20_000, 20_100, 20_200];

    [Theory]
    [InlineData("durable", EngineNames.AzureFunctions, new[] { 10, 800.0, 12_000 }, "1 from 0.01 s, 3 from 12 s, of 20 s. Longer runs gain more from them, or keep as many ready as the degree (ALWAYS_READY_DURABLE_INSTANCES, docs/deploy.md).")]
    [InlineData("queue", EngineNames.AzureFunctions, new[] { 10, 800.0, 900, 950, 12_000 }, "1 from 0.01 s, 2 from 0.8 s, 5 from 12 s, of 20 s. Longer runs gain more from them, or keep as many ready as the degree (ALWAYS_READY_QUEUE_INSTANCES, docs/deploy.md).")]
    [InlineData("durable-batch", EngineNames.Local, new[] { 0, 10_500.0 }, "1 from 0 s, 2 from 10 s, of 20 s. Longer runs gain more from them.")]
    public void Hosts_that_began_after_half_of_the_time_are_told(string model, string engine, double[] from, string expected)
    {
        Finding finding = Assert.Single(Evaluate("hosts-arrive-late", Document(Runs(model, run => run with { HostsFromMs = from }), engine)));

        Assert.Equal((FindingSeverity.Info, $"In primes 1000 under {model}, hosts came late: {expected}"), (finding.Severity, finding.Message));
    }

    [Theory]
    // In time; one host; no host on its own; under a second; not told; in the place of one that was lost.
    [InlineData("durable", new[] { 10, 9_000.0 }, 1, 0)]
    [InlineData("durable", new[] { 12_000.0 }, 1, 0)]
    [InlineData("processes", new[] { 10, 12_000.0 }, 1, 0)]
    [InlineData("durable", new[] { 10, 12_000.0 }, 100, 0)]
    [InlineData("durable", null, 1, 0)]
    [InlineData("durable", new[] { 10, 12_000.0 }, 1, 1)]
    public void Other_hosts_are_not(string model, double[]? from, int divisor, int lost) => Assert.Empty(Evaluate("hosts-arrive-late", Document(Runs(model, run => run with
    {
        HostsFromMs = from?.Select(time => time / divisor).ToArray(),
        WallMs = run.WallMs / divisor,
        ProcessesLost = lost,
    }))));

    [Fact]
    public void A_cold_start_has_the_start_of_hosts_in_it()
    {
        ExperimentDocument document = Document(Runs("queue", run => run with { HostsFromMs = [12_000, 12_100] }));

        Assert.NotEmpty(Evaluate("hosts-arrive-late", document));
        Assert.Empty(Evaluate("hosts-arrive-late", document with { Spec = document.Spec with { ColdStart = true } }));
    }

    [Fact]
    public void Runs_of_another_version_of_the_app_are_told()
    {
        ExperimentDocument document = Document(Runs("durable", run => run with { MeasuredBy = run.Round > 1 ? "0.2.0" : null }));
        document = document with { Environment = document.Environment with { Version = "0.1.0", Commit = "19f4ab9a1b2c3d4e5f60718293a4b5c6d7e8f901" } };

        Assert.Equal(
            "The app was updated meanwhile: 2 runs of 3 are of version 0.2.0, not 0.1.0+19f4ab9. Where that changes what is measured, measure again.",
            Assert.Single(Evaluate("app-updated", document)).Message);
        Assert.Empty(Evaluate("app-updated", Document(Runs("durable", run => run))));
    }

    [Theory]
    [InlineData(5_000.0, 34_000.0, true)]
    [InlineData(null, 34_000.0, true)]
    [InlineData(5_000.0, 5_000.0, false)]
    [InlineData(5_000.0, null, false)]
    public void An_experiment_that_waited_for_long_until_it_began_is_told(double? ofRuns, double? own, bool told)
    {
        ExperimentDocument document = Document(Runs("durable", run => run with { OrchestrationStartMs = ofRuns })) with { OrchestrationStartMs = own };

        Assert.Equal(
            told ? ["The experiment's orchestration began 34 s after it was asked for, which is in no figure. With no durable instance always ready, the first has to be started: docs/deploy.md has the price of one."] : [],
            Evaluate("orchestration-start", document).Select(finding => finding.Message));
    }

    [Fact]
    public void Orchestrations_of_runs_that_waited_for_long_are_told_by_their_median()
    {
        double[] starts = [100, 5_600, 90_000];
        RunResult[] runs = Runs("durable-batch", run => run with { OrchestrationStartMs = starts[run.Round - 1] });

        Finding inAzure = Assert.Single(Evaluate("orchestration-start", Document(runs)));
        Finding here = Assert.Single(Evaluate("orchestration-start", Document(runs, EngineNames.Local)));

        Assert.StartsWith("In primes 1000 under durable-batch, the orchestration began 5.6 s after it was scheduled, which is in no wall time. With no durable", inAzure.Message, StringComparison.Ordinal);
        Assert.Equal(FindingSeverity.Info, inAzure.Severity);
        Assert.DoesNotContain("always ready", here.Message, StringComparison.Ordinal);
        Assert.Empty(Evaluate("orchestration-start", Document([.. runs.Select(run => run with { OrchestrationStartMs = run.OrchestrationStartMs / 2 })])));
    }

    [Fact]
    public void Activities_that_were_executed_again_are_added_up_and_valid_all_the_same()
    {
        RunResult[] runs = Runs("durable", run => run with { ActivitiesRepeated = run.Round - 1 });

        Finding finding = Assert.Single(Evaluate("activities-repeated", Document(runs)));

        Assert.Equal(FindingSeverity.Warning, finding.Severity);
        Assert.StartsWith("In primes 1000 under durable, 3 activities ran again (r0002-durable, r0003-durable):", finding.Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "In primes 1000 under durable, 1 activity ran again (r0002-durable):",
            Assert.Single(Evaluate("activities-repeated", Document(runs[..2]))).Message,
            StringComparison.Ordinal);
        Assert.Empty(Evaluate("activities-repeated", Document(runs[..1])));
    }

    [Theory]
    [InlineData(20, 80, true)]
    [InlineData(20, 40, false)]
    [InlineData(4, 14, false)]
    [InlineData(4, 14.5, true)]
    // Clocks of machines differ.
    [InlineData(-3, 5, false)]
    [InlineData(-3, 8, true)]
    public void An_orchestration_that_became_slower_with_its_history_is_told(double firstMs, double lastMs, bool told)
    {
        IEnumerable<Finding> findings = Evaluate("long-history", Document(Runs("durable", run => run with { Turnaround = new Turnaround(firstMs, lastMs) })));

        Assert.Equal(told, findings.Any());
        Assert.All(findings, finding => Assert.Contains("FanOut__TasksPerGeneration (default 250)", finding.Message, StringComparison.Ordinal));
        Assert.Empty(Evaluate("long-history", Document(Runs("durable", static run => run))));
    }

    [Theory]
    [InlineData(500, 200, "In primes 1000 under durable-batch, the overhead of handing a share of the tasks over (500 ms) is 5 times the work (100 ms): more or longer tasks in a run make up for it.")]
    [InlineData(102, 200, "In primes 1000 under durable-batch, the overhead of handing a share of the tasks over (102 ms) is as long as the work (100 ms): more or longer tasks in a run make up for it.")]
    [InlineData(500, 2_000, null)]
    public void The_overhead_of_a_share_is_compared_with_its_work(double fromMs, double hostMs, string? expected)
    {
        // A single task is far shorter than either.
        RunResult[] runs = Runs("durable-batch", run => run with { HostsFromMs = [fromMs, fromMs], TaskTimes = new TaskTimes(fromMs, 1, 8, hostMs) });

        Assert.Equal(expected, Evaluate("queue-wait", Document(runs)).SingleOrDefault()?.Message);
    }

    private static RunResult[] Runs(string model, Func<RunResult, RunResult> change) =>
        [.. MeasuredRuns.Of(model, Wall).Select(run => change(run with { Degree = 2, Hosts = 2 }))];

    private static IEnumerable<Finding> Evaluate(string code, ExperimentDocument document) =>
        FindingRules.Evaluate(document).Where(finding => finding.Code == code);

    private static ExperimentDocument Document(RunResult[] runs, string engine = EngineNames.AzureFunctions) => new()
    {
        Id = "20260131-093000-test",
        Status = ExperimentStatus.Completed,
        StartedAt = DateTimeOffset.UnixEpoch,
        Spec = new ExperimentSpec { Workloads = [new WorkloadSpec("primes", 1_000, 8)], Models = ["sequential"] },
        Environment = new EnvironmentInfo("", "", 2, "", engine),
        Progress = new ExperimentProgress(0, 0, null),
        Runs = runs,
        Analysis = ExperimentAnalyzer.Analyze(runs),
    };
}
