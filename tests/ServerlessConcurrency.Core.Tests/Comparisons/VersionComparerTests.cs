using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Comparisons;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.OwnCode;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Tests.Analysis;

namespace ServerlessConcurrency.Core.Tests.Comparisons;

public sealed class VersionComparerTests
{
    // The machine is twice as slow in every other round: to both versions alike.
    private static readonly double[] Earlier = [.. Enumerable.Range(0, 12).Select(round => (round % 2 == 0 ? 100 : 200) + (round * 0.1))];

    [Theory]
    [InlineData(1.0, Verdict.NoDifference, false)]
    [InlineData(1.05, Verdict.Slower, false)]
    [InlineData(1.2, Verdict.Slower, true)]
    [InlineData(0.8, Verdict.Faster, false)]
    public void Versions_are_compared_within_a_round_whatever_the_machine_does_between_them(double factor, Verdict verdict, bool isRegression)
    {
        ComparedRuns runs = Assert.Single(Compare(Earlier, [.. Earlier.Select(time => factor * time)]).Runs);

        Assert.Equal(factor, runs.Ratio!.Value, tolerance: 1e-9);
        Assert.Equal((verdict, isRegression), (runs.Verdict!.Value, runs.IsRegression));
        Assert.Equal(("primes", "threads"), (runs.Workload, runs.Model));
    }

    [Fact]
    public void A_version_that_fails_is_a_regression() =>
        Assert.True(Compare(Earlier, Earlier, run => run with { Failed = 1 }).HasRegression);

    [Fact]
    public void A_version_that_computes_something_else_is_told()
    {
        ExperimentComparison comparison = Compare(Earlier, Earlier, run => run with { Checksum = "1111111111111111" });

        Assert.True(comparison.HasRegression);
        Assert.Contains("other results", Assert.Single(comparison.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void An_experiment_without_versions_has_nothing_to_compare() =>
        Assert.False(VersionComparer.HasVersions(Document([.. MeasuredRuns.Of("threads", Earlier)], [new WorkloadSpec("primes", 1_000, 8)])));

    private static ExperimentComparison Compare(double[] earlier, double[] later, Func<RunResult, RunResult>? change = null) => VersionComparer.Compare(
        Document(
            [
                .. MeasuredRuns.Of("threads", earlier).Select(run => run with { Workload = EarlierVersion.NameOf("primes") }),
                .. MeasuredRuns.Of("threads", later).Select(change ?? (static run => run)),
            ],
            [new WorkloadSpec("primes", 1_000, 8), new WorkloadSpec(EarlierVersion.NameOf("primes"), 1_000, 8)]),
        failAbove: 1.1);

    private static ExperimentDocument Document(RunResult[] runs, WorkloadSpec[] workloads) => new()
    {
        Id = "20260131-093000-test",
        Status = ExperimentStatus.Completed,
        StartedAt = DateTimeOffset.UnixEpoch,
        Spec = new ExperimentSpec { Workloads = workloads, Models = ["threads"] },
        Environment = new EnvironmentInfo("", "cpu", 2, ".NET 10", "local"),
        Progress = new ExperimentProgress(0, 0, null),
        Runs = runs,
    };
}
