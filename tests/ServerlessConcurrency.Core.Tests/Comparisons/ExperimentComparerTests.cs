using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Comparisons;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Tests.Analysis;
using ServerlessConcurrency.Core.Tests.Sweeps;
using ServerlessConcurrency.Core.Wording;

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

    [Theory]
    // Two-sided, corrected: 24 times 2 / C(12, 6) is above 0.05; one-sided it is not.
    [InlineData(24, 6, 0)]
    // Not even that, but every run is slower than the limit allows.
    [InlineData(100, 6, 1)]
    [InlineData(3, 4, 0)]
    [InlineData(1, 3, 0)]
    public void What_is_slower_than_the_limit_in_every_run_fails_however_few_rounds_there_are_for_a_correction(int kinds, int rounds, int limitWarnings)
    {
        ExperimentComparison comparison = Compare(Kinds(kinds, Steady[..rounds]), Kinds(kinds, [.. Steady[..rounds].Select(time => 1.5 * time)]), 1.10);

        Assert.All(comparison.Runs, runs => Assert.Equal((true, Verdict.Inconclusive), (runs.IsRegression, runs.Verdict)));
        Assert.NotNull(comparison.RoundsNeeded);
        Assert.Contains("no difference but one beyond the limit can be shown once it is corrected for their number", comparison.Warnings[0], StringComparison.Ordinal);
        Assert.Equal(limitWarnings, comparison.Warnings.Count(warning => warning.Contains("too few rounds to correct", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(1, 6, null)]
    [InlineData(1, 5, 6)]
    [InlineData(23, 6, null)]
    [InlineData(24, 6, 7)]
    public void It_is_said_how_many_rounds_a_difference_takes(int kinds, int rounds, int? expected)
    {
        ExperimentComparison comparison = Compare(Kinds(kinds, Steady[..rounds]), Kinds(kinds, Steady[..rounds]), null);

        Assert.Equal(expected, comparison.RoundsNeeded);
        Assert.Equal(expected is null ? 0 : 1, comparison.Warnings.Count);
        if (expected is not null)
            Assert.EndsWith($"measure {expected} rounds or more of each", comparison.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_too_few_rounds_is_named_where_others_have_enough()
    {
        RunResult[] runs = [.. MeasuredRuns.Of("threads", Steady), .. MeasuredRuns.Of("async", Steady[..4])];

        ExperimentComparison comparison = Compare(runs, [.. runs.Select(run => run with { WallMs = 2 * run.WallMs })], null);

        Assert.Equal([Verdict.Slower, Verdict.Inconclusive], comparison.Runs.Select(compared => compared.Verdict!.Value));
        Assert.Equal(
            ["primes 1000 x 8 under async: with 4 rounds and 2 comparisons no difference can be shown once it is corrected for their number: measure 6 rounds or more of each"],
            comparison.Warnings);
    }

    [Fact]
    public void Fewer_rounds_of_one_are_enough_beside_many_of_the_other()
    {
        // 24 times 2 / C(12, 6) is above 0.05; 24 times 2 / C(24, 6) is not.
        ExperimentComparison comparison = Compare(
            Kinds(24, Steady), Kinds(24, [.. Steady, .. Steady, .. Steady]), null);

        Assert.Equal((null, 0), (comparison.RoundsNeeded, comparison.Warnings.Count));
    }

    [Theory]
    [InlineData(1, 2, 3)]
    [InlineData(24, 3, 6)]
    [InlineData(4, 4, 5)]
    public void Too_few_rounds_cannot_be_judged_by_a_limit_whatever_they_are(int kinds, int rounds, int needed)
    {
        RunResult[] slow = Kinds(kinds, [.. Steady[..rounds].Select(time => 3 * time)]);
        ExperimentComparison comparison = Compare(Kinds(kinds, Steady[..rounds]), slow, 1.10);

        Assert.Equal((true, false), (comparison.IsUndecidable, comparison.HasRegression));
        Assert.Contains(
            $"size-1 1000 x 8 under threads: {rounds} and {Counted.Of(rounds, "valid round")} cannot show a regression among {Counted.Of(kinds, "comparison")}: measure {needed} or more of each",
            comparison.Warnings);
        Assert.False(Compare(Kinds(kinds, Steady[..rounds]), slow, null).IsUndecidable);
    }

    [Fact]
    public void Of_comparisons_in_which_everything_is_just_at_the_limit_at_most_5_percent_fail()
    {
        var noise = new Noise(11);
        int failed = Enumerable.Range(0, 120).Count(_ => Compare(Noisy(), Noisy(), 1.0).HasRegression);

        // 24 / C(12, 6) of 120: 3.
        Assert.InRange(failed, 0, 6);

        RunResult[] Noisy() => [.. Enumerable.Range(1, 24).SelectMany(kind => Kind(kind, noise.Around(100, 0.05, 6)))];
    }

    [Fact]
    public void A_ratio_above_the_limit_has_to_be_shown_to_be_above_the_limit_and_not_above_1_alone()
    {
        // 12 % slower beyond any doubt, and 3 % of noise: it may as well be 8 %.
        double[] noisy = [100, 103, 101, 99, 102, 98];
        ComparedRuns runs = Compare(Kinds(1, noisy), Kinds(1, [.. noisy.Select(time => 1.12 * time)]), 1.10).Runs[0];

        Assert.Equal((Verdict.Slower, false, true), (runs.Verdict!.Value, runs.IsRegression, runs.IsDoubtful));
        Assert.InRange(runs.LimitPValue!.Value, 0.05, 0.5);
    }

    [Fact]
    public void Other_seeds_are_noted_and_other_results_of_the_same_tasks_are_a_regression()
    {
        ExperimentDocument before = Document([.. MeasuredRuns.Of("threads", Steady)]);
        ExperimentDocument faster = Document([.. MeasuredRuns.Of("threads", [.. Steady.Select(time => time / 2)]).Select(run => run with { Checksum = "0000000000000001" })]);

        ExperimentComparison sameSeed = ExperimentComparer.Compare(before, faster, 1.10);
        ExperimentComparison otherSeed = ExperimentComparer.Compare(before, faster with { Spec = faster.Spec with { Seed = before.Spec.Seed + 1 } }, 1.10);

        Assert.True(sameSeed.HasRegression);
        Assert.StartsWith("primes 1000 x 8 under threads: the same tasks came to other results", Assert.Single(sameSeed.Notes), StringComparison.Ordinal);
        Assert.False(ExperimentComparer.Compare(before, faster).HasRegression);
        Assert.False(otherSeed.HasRegression);
        Assert.StartsWith("other tasks: seed ", Assert.Single(otherSeed.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TaskResults.NotDeterministic, false)]
    [InlineData(TaskResults.Compared, true)]
    [InlineData(null, true)]
    public void Results_that_tell_nothing_are_not_compared(TaskResults? results, bool areCompared)
    {
        ExperimentDocument before = Document([.. MeasuredRuns.Of("threads", Steady)]);
        before = before with { Spec = before.Spec with { Workloads = [new WorkloadSpec("primes", 1_000, 8) { Results = results }] } };

        ExperimentComparison comparison = ExperimentComparer.Compare(
            before, before with { Runs = [.. before.Runs.Select(run => run with { Checksum = "0000000000000001" })] }, 1.10);

        Assert.Equal((areCompared, areCompared ? 1 : 0), (comparison.HasRegression, comparison.Notes.Count));
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

    [Theory]
    [InlineData(32, 64, "primes 1000 x 8 under async: 32 tasks in flight before, 64 after")]
    [InlineData(32, 32, null)]
    // Experiments of earlier versions do not tell.
    [InlineData(null, 64, null)]
    public void Another_number_of_tasks_in_flight_is_noted(int? before, int? after, string? expected) => Assert.Equal(
        expected,
        ExperimentComparer.Compare(
            Document([.. MeasuredRuns.Of("async", Steady).Select(run => run with { InFlight = before })]),
            Document([.. MeasuredRuns.Of("async", Steady).Select(run => run with { InFlight = after })])).Notes.SingleOrDefault());

    [Fact]
    public void Another_build_and_other_settings_are_noted_where_both_documents_tell_them()
    {
        ExperimentDocument old = Document([.. MeasuredRuns.Of("threads", Steady)]);
        ExperimentDocument before = old with
        {
            Environment = old.Environment with
            {
                Configuration = "Debug",
                Version = "0.1.0",
                Commit = "c1",
                Gc = "workstation, concurrent",
                Tiering = "on, PGO",
                Variables = "",
            },
        };
        ExperimentDocument after = old with
        {
            Environment = old.Environment with
            {
                Configuration = "Release",
                Version = "0.2.0",
                Commit = "c2",
                Gc = "server, concurrent",
                Tiering = "off",
                Variables = "DOTNET_JITMinOpts=1",
            },
        };

        Assert.Equal(
            [
                "other configurations: Debug before, Release after",
                "other versions: 0.1.0 before, 0.2.0 after",
                "other commits: c1 before, c2 after",
                "other garbage collection: workstation, concurrent before, server, concurrent after",
                "other tiered compilation: on, PGO before, off after",
                "other variables: none before, DOTNET_JITMinOpts=1 after",
            ],
            ExperimentComparer.Compare(before, after).Notes);
        Assert.Empty(ExperimentComparer.Compare(old, after).Notes);
        Assert.Empty(ExperimentComparer.Compare(before, before).Notes);
    }

    [Fact]
    public void The_same_experiment_compared_with_itself_shows_no_difference()
    {
        RunResult[] runs = [.. MeasuredRuns.Of("threads", Steady), .. MeasuredRuns.Of("async", Steady)];

        Assert.All(Compare(runs, runs, 1.0).Runs, compared => Assert.Equal((1.0, 1.0), (compared.Ratio!.Value, compared.AdjustedPValue!.Value)));
    }

    private static ExperimentComparison Compare(RunResult[] before, RunResult[] after, double? failAbove) =>
        ExperimentComparer.Compare(Document(before), Document(after), failAbove);

    // So many workloads with the same times each.
    private static RunResult[] Kinds(int count, double[] wallMs) => [.. Enumerable.Range(1, count).SelectMany(kind => Kind(kind, wallMs))];

    private static IEnumerable<RunResult> Kind(int kind, double[] wallMs) =>
        MeasuredRuns.Of("threads", wallMs).Select(run => run with { Workload = $"size-{kind}" });

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
