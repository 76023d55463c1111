using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Comparisons;
using ServerlessConcurrency.Core.Experiments;
using ServerlessConcurrency.Core.Tests.Analysis;

namespace ServerlessConcurrency.Core.Tests.Comparisons;

public sealed class ExperimentComparerTests
{
    private static readonly double[] Steady = [100, 100.2, 100.4, 100.6, 100.8, 101];

    [Theory]
    // By so many times as long.
    [InlineData(1.0, Verdict.NoDifference, false, false)]
    [InlineData(1.08, Verdict.Slower, false, false)]
    [InlineData(1.25, Verdict.Slower, true, false)]
    [InlineData(0.5, Verdict.Faster, false, false)]
    public void A_ratio_above_the_limit_that_is_shown_to_be_slower_is_a_regression(
        double factor, Verdict verdict, bool isRegression, bool isDoubtful)
    {
        ComparedRuns runs = Assert.Single(Compare(
            [.. MeasuredRuns.Of("threads", Steady)], [.. MeasuredRuns.Of("threads", [.. Steady.Select(time => factor * time)])], 1.10).Runs);

        Assert.Equal(factor, runs.Ratio!.Value, tolerance: 1e-9);
        Assert.InRange(factor, runs.RatioLow!.Value, runs.RatioHigh!.Value);
        Assert.Equal((verdict, isRegression, isDoubtful), (runs.Verdict!.Value, runs.IsRegression, runs.IsDoubtful));
    }

    [Fact]
    public void A_ratio_above_the_limit_that_may_be_chance_is_doubtful()
    {
        ExperimentComparison comparison = Compare(
            [.. MeasuredRuns.Of("threads", 100, 140, 101, 141, 102, 142)], [.. MeasuredRuns.Of("threads", 139, 150, 100, 151, 143, 101)], 1.10);

        Assert.Equal((false, true), (comparison.Runs[0].IsRegression, comparison.Runs[0].IsDoubtful));
        Assert.False(comparison.HasRegression);
    }

    [Fact]
    public void Without_a_limit_nothing_is_a_regression() => Assert.False(
        Compare([.. MeasuredRuns.Of("threads", Steady)], [.. MeasuredRuns.Of("threads", [.. Steady.Select(time => 9 * time)])], null).HasRegression);

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void A_model_that_fails_now_and_did_not_before_is_a_regression(bool failsAfter, bool expected)
    {
        RunResult[] good = [.. MeasuredRuns.Of("threads", Steady)];
        RunResult[] failed = [.. good.Select(run => run with { Failed = 1, Error = "it failed" })];

        ExperimentComparison comparison = Compare(failsAfter ? good : failed, failsAfter ? failed : good, 1.10);

        Assert.Equal(expected, comparison.HasRegression);
        Assert.Null(comparison.Runs[0].Ratio);
    }

    [Fact]
    public void What_only_one_measured_is_listed_and_other_numbers_of_tasks_are_other_work()
    {
        ExperimentComparison comparison = Compare(
            [.. MeasuredRuns.Of("threads", Steady), .. MeasuredRuns.Of("async", Steady)],
            [.. MeasuredRuns.Of("threads", Steady), .. MeasuredRuns.Of("async", Steady).Select(run => run with { Tasks = 9 })],
            null);

        Assert.Equal("threads", Assert.Single(comparison.Runs).Model);
        Assert.Equal(["primes 1000 x 8 under async"], comparison.OnlyBefore);
        Assert.Equal(["primes 1000 x 9 under async"], comparison.OnlyAfter);
    }

    [Fact]
    public void Runs_come_in_the_order_of_the_spec_and_not_in_that_in_which_they_were_shuffled()
    {
        RunResult[] runs = [.. MeasuredRuns.Of("async", Steady), .. MeasuredRuns.Of("threads", Steady)];

        Assert.Equal(["threads", "async"], Compare(runs, runs, null).Runs.Select(compared => compared.Model));
    }

    [Fact]
    public void Another_machine_and_another_degree_are_noted()
    {
        ExperimentDocument before = Document([.. MeasuredRuns.Of("threads", Steady)]);
        ExperimentDocument after = Document([.. MeasuredRuns.Of("threads", 4, Steady)]) with
        {
            Environment = before.Environment with { Processors = 4, Runtime = ".NET 11" },
            Status = ExperimentStatus.Cancelled,
        };

        Assert.Equal(
            [
                "other machines: 2 x cpu before, 4 x cpu after",
                "other runtimes: .NET 10 before, .NET 11 after",
                "20260131-093000-test is not complete (cancelled)",
                "primes 1000 x 8 under threads: degree 1 before, 4 after",
            ],
            ExperimentComparer.Compare(before, after).Notes);
    }

    [Fact]
    public void The_same_experiment_compared_with_itself_shows_no_difference()
    {
        RunResult[] runs = [.. MeasuredRuns.Of("threads", Steady), .. MeasuredRuns.Of("async", Steady)];

        Assert.All(Compare(runs, runs, 1.0).Runs, compared => Assert.Equal((1.0, 1.0), (compared.Ratio!.Value, compared.AdjustedPValue!.Value)));
    }

    private static ExperimentComparison Compare(RunResult[] before, RunResult[] after, double? failAbove) =>
        ExperimentComparer.Compare(Document(before), Document(after), failAbove);

    private static ExperimentDocument Document(RunResult[] runs) => new()
    {
        Id = "20260131-093000-test",
        Status = ExperimentStatus.Completed,
        StartedAt = DateTimeOffset.UnixEpoch,
        Spec = new ExperimentSpec { Workloads = [new WorkloadSpec("primes", 1_000, 8)], Models = ["threads", "async"] },
        Environment = new EnvironmentInfo("", "cpu", 2, ".NET 10", "local"),
        Progress = new ExperimentProgress(0, 0, null),
        Runs = runs,
    };
}
