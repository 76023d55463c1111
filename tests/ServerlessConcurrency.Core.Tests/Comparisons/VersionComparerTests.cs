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
        VersionComparison comparison = Compare(Earlier, Earlier, run => run with { Checksum = "1111111111111111" });

        Assert.True(comparison.HasRegression);
        Assert.Contains("other results", Assert.Single(comparison.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void The_limit_is_tested_one_sided_and_corrected_for_all_pairs_of_the_experiment()
    {
        // 10 of 12 rounds above the limit of 1.1, by sizes of which the two below have ranks 1 and 2: 5 of 4,096 choices of signs are as clear.
        double[] later = [.. Earlier.Select((time, round) => time * 1.1 * (round < 2 ? 1 - (0.001 * (round + 1)) : 1 + (0.01 * round)))];
        string[] models = [.. Enumerable.Range(1, 50).Select(number => $"model-{number}")];

        ComparedRuns alone = Assert.Single(Compare(Earlier, later).Runs);
        IReadOnlyList<ComparedRuns> many = Compare(Earlier, later, models: models).Runs;

        Assert.Equal(5 / 4096.0, alone.LimitPValue!.Value, tolerance: 1e-12);
        Assert.True(alone.IsRegression);
        Assert.Equal(50 * 5 / 4096.0, many[0].LimitPValue!.Value, tolerance: 1e-12);
        Assert.All(many, runs => Assert.Equal((false, true), (runs.IsRegression, runs.IsDoubtful)));
    }

    [Fact]
    public void Each_look_has_its_part_of_the_level_where_rounds_go_on_until_it_is_decided()
    {
        double[] later = [.. Earlier.Select(time => 1.2 * time)];
        var spec = new ExperimentSpec { Workloads = [], Models = [], UntilDecided = true, Rounds = 6, MaxRounds = 12 };
        double once = Assert.Single(Compare(Earlier, later).Runs).AdjustedPValue!.Value;

        ComparedRuns runs = Assert.Single(Compare(Earlier, later, spec: spec).Runs);

        // After 6, 9 and 12 rounds.
        Assert.Equal(3 * once, runs.AdjustedPValue!.Value, tolerance: 1e-12);
        Assert.Equal(3 * once, runs.LimitPValue!.Value * 2, tolerance: 1e-12);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public void Under_6_rounds_a_limit_decides_nothing(int rounds, bool isUndecidable)
    {
        VersionComparison comparison = Compare(Earlier[..rounds], [.. Earlier[..rounds].Select(time => 3 * time)]);

        Assert.Equal((isUndecidable, !isUndecidable), (comparison.IsUndecidable, comparison.HasRegression));
        Assert.Equal(isUndecidable, comparison.Warnings.Any(warning => warning.Contains("measure 6 rounds or more", StringComparison.Ordinal)));
    }

    [Fact]
    public void Versions_with_no_round_in_common_are_not_said_to_keep_to_the_limit()
    {
        VersionComparison comparison = Compare(Earlier, Earlier, run => run with { Round = run.Round + 12 });

        Assert.Equal((true, false), (comparison.IsUndecidable, comparison.HasRegression));
        Assert.Equal(["primes 1000 x 8 under threads: 0 rounds with both versions can show no difference: measure 6 rounds or more"], comparison.Warnings);
    }

    [Fact]
    public void An_experiment_without_versions_has_nothing_to_compare() =>
        Assert.Null(VersionComparer.Compare(Document(
            [.. MeasuredRuns.Of("threads", Earlier)], new ExperimentSpec { Workloads = [new WorkloadSpec("primes", 1_000, 8)], Models = ["threads"] })));

    private static VersionComparison Compare(
        double[] earlier, double[] later, Func<RunResult, RunResult>? change = null, string[]? models = null, ExperimentSpec? spec = null)
    {
        models ??= ["threads"];
        return VersionComparer.Compare(
            Document(
                [
                    .. models.SelectMany(model => MeasuredRuns.Of(model, earlier)).Select(run => run with { Workload = EarlierVersion.NameOf("primes") }),
                    .. models.SelectMany(model => MeasuredRuns.Of(model, later)).Select(change ?? (static run => run)),
                ],
                (spec ?? new ExperimentSpec { Workloads = [], Models = [] }) with
                {
                    Workloads = [new WorkloadSpec("primes", 1_000, 8), new WorkloadSpec(EarlierVersion.NameOf("primes"), 1_000, 8)],
                    Models = models,
                }),
            failAbove: 1.1)!;
    }

    private static ExperimentDocument Document(RunResult[] runs, ExperimentSpec spec) => new()
    {
        Id = "20260131-093000-test",
        Status = ExperimentStatus.Completed,
        StartedAt = DateTimeOffset.UnixEpoch,
        Spec = spec,
        Environment = new EnvironmentInfo("", "cpu", 2, ".NET 10", "local"),
        Progress = new ExperimentProgress(0, 0, null),
        Runs = runs,
    };
}
