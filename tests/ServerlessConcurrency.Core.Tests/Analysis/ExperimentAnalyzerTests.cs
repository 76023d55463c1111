using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Tests.Analysis;

public sealed class ExperimentAnalyzerTests
{
    [Fact]
    public void Medians_speed_ups_and_efficiency_are_those_of_the_rounds()
    {
        ModelAnalysis[] analysis = Analyze(
            MeasuredRuns.Of("sequential", 100, 110, 120, 130, 140, 150),
            MeasuredRuns.Of("threads", degree: 4, [50, 55, 40, 65, 70, 50]));

        ModelAnalysis threads = analysis[1];
        // Round by round: 2, 2, 3, 2, 2, 3.
        Assert.Equal((2.0, 2.0, 3.0), (threads.Speedup!.Value, threads.SpeedupLow!.Value, threads.SpeedupHigh!.Value));
        Assert.Equal(0.5, threads.Efficiency);
        Assert.Equal((52.5, 40.0, 70.0), (threads.MedianMs, threads.CiLowMs, threads.CiHighMs));
        Assert.Equal(26.25, threads.CpuMs);
        Assert.Equal((6, 4), (threads.Rounds, threads.Degree));
        Assert.Equal(Verdict.Faster, threads.Verdict);
        ModelAnalysis baseline = analysis[0];
        Assert.Equal((125.0, 1.0, 1.0, Verdict.Baseline), (baseline.MedianMs, baseline.Speedup!.Value, baseline.Efficiency!.Value, baseline.Verdict!.Value));
    }

    [Fact]
    public void A_round_that_slows_everything_down_changes_no_speed_up()
    {
        double[] slow = [1, 1, 50, 1, 3, 1, 10, 1];

        ModelAnalysis threads = Analyze(
            MeasuredRuns.Of("sequential", [.. slow.Select(factor => 200 * factor)]),
            MeasuredRuns.Of("threads", [.. slow.Select(factor => 100 * factor)]))[1];

        Assert.Equal((2.0, 2.0, 2.0), (threads.Speedup!.Value, threads.SpeedupLow!.Value, threads.SpeedupHigh!.Value));
    }

    [Fact]
    public void Only_rounds_in_which_both_runs_are_valid_are_paired()
    {
        RunResult[] sequential = [.. MeasuredRuns.Of("sequential", 100, 100, 100)];
        RunResult[] threads = [.. MeasuredRuns.Of("threads", 50, 25, 20)];
        sequential[1] = sequential[1] with { Failed = 1, Error = "a task failed" };
        threads[2] = threads[2] with { Failed = 1, Error = "a task failed" };

        ModelAnalysis[] analysis = Analyze(sequential, threads);

        Assert.Equal((2, 2.0), (analysis[1].Rounds, analysis[1].Speedup!.Value));
        Assert.Equal(2, analysis[0].Rounds);
    }

    [Fact]
    public void Without_a_baseline_there_is_no_comparison()
    {
        ModelAnalysis threads = Assert.Single(Analyze(MeasuredRuns.Of("threads", 1, 2, 3)));

        Assert.Equal(
            (null, null, null, null, null, null),
            (threads.Speedup, threads.SpeedupLow, threads.SpeedupHigh, threads.Efficiency, threads.PValue, threads.Verdict));
    }

    [Fact]
    public void Workloads_come_in_order_and_models_from_fast_to_slow_after_the_baseline()
    {
        ModelAnalysis[] analysis = Analyze(
            MeasuredRuns.Of("slow", 300, 300).Select(run => run with { Workload = "delay" }),
            MeasuredRuns.Of("sequential", 200, 200).Select(run => run with { Workload = "delay" }),
            MeasuredRuns.Of("fast", 100, 100).Select(run => run with { Workload = "delay" }),
            MeasuredRuns.Of("sequential", 5, 5).Select(run => run with { Workload = "delay", Size = 20 }),
            MeasuredRuns.Of("sequential", 1, 1).Select(run => run with { Workload = "aaa" }));

        Assert.Equal(
            [("aaa", 1_000, "sequential"), ("delay", 20, "sequential"), ("delay", 1_000, "sequential"), ("delay", 1_000, "fast"), ("delay", 1_000, "slow")],
            analysis.Select(model => (model.Workload, model.Size, model.Model)));
    }

    [Fact]
    public void No_runs_give_no_analysis() => Assert.Empty(ExperimentAnalyzer.Analyze([]));

    [Theory]
    // 2 / 2^n is under 0.05 / 1, 0.05 / 3 and 0.05 / 105 from 6, 7 and 13 rounds on; below, the t test finds no spread at all.
    [InlineData(5, 1, 0)]
    [InlineData(6, 1, 2.0 / 64)]
    [InlineData(6, 2, 0)]
    [InlineData(7, 2, 2.0 / 128)]
    [InlineData(12, 14, 0)]
    [InlineData(13, 14, 2.0 / 8_192)]
    public void Ranks_are_tested_where_that_can_be_significant_among_so_many_comparisons(int rounds, int models, double expected)
    {
        double[] baseline = [.. Enumerable.Range(100, rounds).Select(time => (double)time)];

        ModelAnalysis[] analysis = Analyze(
        [
            MeasuredRuns.Of("sequential", baseline),
            .. Enumerable.Range(1, models).Select(model => MeasuredRuns.Of($"model-{model}", [.. baseline.Select(time => time / 2)])),
        ]);

        Assert.All(analysis.Skip(1), model => Assert.Equal(expected, model.PValue!.Value, tolerance: 1e-12));
        Assert.Equal(models, analysis.Length - 1);
    }

    [Fact]
    public void Drift_of_the_machine_hides_no_difference_that_every_round_shows()
    {
        double[] baseline = [.. Enumerable.Range(0, 6).Select(round => 100 * (1 + (0.06 * round)))];

        ModelAnalysis slower = Analyze(MeasuredRuns.Of("sequential", baseline), MeasuredRuns.Of("threads", [.. baseline.Select(time => 1.1 * time)]))[1];

        Assert.Equal(Verdict.Slower, slower.Verdict);
        Assert.Equal(2.0 / 64, slower.PValue!.Value, tolerance: 1e-12);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Fewer_than_six_rounds_show_neither_a_difference_nor_that_there_is_none(int rounds)
    {
        double[] baseline = [.. Enumerable.Repeat(100.0, rounds)];

        ModelAnalysis[] analysis = Analyze(
            MeasuredRuns.Of("sequential", baseline), MeasuredRuns.Of("async", baseline), MeasuredRuns.Of("threads", [.. Enumerable.Range(40, rounds).Select(time => (double)time)]));

        Assert.All(analysis.Skip(1), model => Assert.Equal(Verdict.Inconclusive, model.Verdict));
    }

    [Fact]
    public void Equal_samples_differ_by_chance_alone() => Assert.Equal(1, Analyze(
        MeasuredRuns.Of("sequential", 5, 5, 5, 5, 5, 5), MeasuredRuns.Of("threads", 5, 5, 5, 5, 5, 5))[1].PValue);

    [Fact]
    public void One_round_gives_no_evidence()
    {
        ModelAnalysis threads = Analyze(MeasuredRuns.Of("sequential", 100.0), MeasuredRuns.Of("threads", 10.0))[1];

        Assert.Equal((10.0, 1.0, Verdict.Inconclusive), (threads.Speedup!.Value, threads.PValue!.Value, threads.Verdict!.Value));
        // Nor that there is no difference.
        Assert.Equal(Verdict.Inconclusive, Analyze(MeasuredRuns.Of("sequential", 100.0), MeasuredRuns.Of("threads", 100.0))[1].Verdict);
    }

    [Theory]
    // Clearly faster, clearly slower.
    [InlineData(new double[] { 50, 51, 52, 53, 54, 55 }, Verdict.Faster)]
    [InlineData(new double[] { 150, 151, 152, 153, 154, 155 }, Verdict.Slower)]
    // Within 3 % of the baseline in every round.
    [InlineData(new double[] { 99, 103, 101, 105, 103, 107 }, Verdict.NoDifference)]
    // Always a little faster than in the same round: an interval without 1, but a difference that does not matter.
    [InlineData(new double[] { 99, 100, 101, 102, 103, 104 }, Verdict.NoDifference)]
    // Around the baseline, but too widely for that.
    [InlineData(new double[] { 95, 106, 97, 108, 99, 110 }, Verdict.Inconclusive)]
    // Always 5 % faster than in the same round, but the p-value is not small: the rounds differ by as much.
    [InlineData(new double[] { 95, 96, 97, 98, 99, 100.5 }, Verdict.Faster)]
    // Faster all in all, but not in every round: the interval of the speed-up reaches beyond 1.
    [InlineData(new double[] { 50, 51, 52, 53, 54, 160 }, Verdict.Inconclusive)]
    public void A_verdict_needs_a_small_p_value_and_an_interval_on_one_side_of_one(double[] wallMs, Verdict expected) => Assert.Equal(
        expected, Analyze(MeasuredRuns.Of("sequential", 100, 101, 102, 103, 104, 105), MeasuredRuns.Of("threads", wallMs))[1].Verdict);

    [Fact]
    public void A_small_p_value_is_not_enough_among_many_comparisons()
    {
        double[] baseline = [100, 101, 102, 103, 104, 105];
        double[] faster = [90, 97, 93, 99, 92, 101];
        // Each of 30 workloads makes three comparisons; a p-value of 0.005 times 90 is above 0.05.
        RunResult[] Workload(int size) =>
        [
            .. MeasuredRuns.Of("sequential", baseline).Select(run => run with { Size = size }),
            .. MeasuredRuns.Of("threads", faster).Select(run => run with { Size = size }),
            .. MeasuredRuns.Of("async", faster).Select(run => run with { Size = size }),
        ];

        ModelAnalysis[] alone = Analyze(Workload(1));
        ModelAnalysis[] many = Analyze([.. Enumerable.Range(1, 30).Select(Workload)]);

        Assert.Equal(Verdict.Faster, alone[1].Verdict);
        Assert.All(many.Where(model => model.Model != "sequential"), model => Assert.Equal(Verdict.Inconclusive, model.Verdict));
        Assert.Equal(alone[1].PValue, many[1].PValue);
        Assert.Equal(90 * many[1].PValue!.Value, many[1].AdjustedPValue!.Value, tolerance: 1e-9);
    }

    [Fact]
    public void Outliers_are_flagged_and_kept()
    {
        ModelAnalysis threads = Analyze(
            MeasuredRuns.Of("sequential", 100, 100, 100, 100, 100, 100, 100), MeasuredRuns.Of("threads", 50, 51, 52, 900, 53, 54, 55))[1];

        Assert.Equal(["r0004-threads"], threads.Outliers);
        Assert.Equal((7, 53.0), (threads.Rounds, threads.MedianMs));
    }

    [Fact]
    public void The_same_runs_and_seed_give_the_same_intervals()
    {
        RunResult[] runs =
        [
            .. MeasuredRuns.Of("sequential", 100, 112, 121, 133, 141, 150, 163, 101),
            .. MeasuredRuns.Of("threads", 52, 55, 41, 65, 77, 51, 63, 80),
        ];

        Assert.Equal(Interval(7), Interval(7));
        Assert.NotEqual(Interval(7), Interval(8));

        (double?, double?) Interval(long seed)
        {
            ModelAnalysis threads = ExperimentAnalyzer.Analyze(runs, seed)[1];
            return (threads.SpeedupLow, threads.SpeedupHigh);
        }
    }

    private static ModelAnalysis[] Analyze(params IEnumerable<RunResult>[] runs) =>
        [.. ExperimentAnalyzer.Analyze([.. runs.SelectMany(each => each)])];
}
