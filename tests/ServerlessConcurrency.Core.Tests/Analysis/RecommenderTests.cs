using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Core.Tests.Analysis;

public sealed class RecommenderTests
{
    private static readonly double[] Baseline = [100, 101, 102, 103, 104, 105];

    [Fact]
    public void A_model_that_is_shown_to_be_faster_than_all_others_is_decided()
    {
        Recommendation recommendation = Recommend(
            MeasuredRuns.Of("sequential", Baseline),
            MeasuredRuns.Of("threads", 50, 50.5, 51, 51.5, 52, 52.5),
            MeasuredRuns.Of("async", 80, 81, 82, 83, 84, 85));

        Assert.Equal(("primes", 1_000, "threads"), (recommendation.Workload, recommendation.Size, recommendation.Model));
        Assert.Equal(["threads"], recommendation.Candidates);
        Assert.True(recommendation.IsDecided);
        Assert.Null(recommendation.Next);
        Assert.StartsWith("2.00 times as fast as sequential (2.00 to 2.00), 1.61 times as fast as async (", recommendation.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_models_that_are_as_fast_the_simplest_is_decided()
    {
        Recommendation recommendation = Recommend(
            MeasuredRuns.Of("sequential", Baseline),
            MeasuredRuns.Of("processes", 50, 50.1, 50.2, 50.3, 50.4, 50.5),
            MeasuredRuns.Of("async", 50.2, 50.3, 50.4, 50.5, 50.6, 50.7));

        Assert.Equal(("async", true), (recommendation.Model, recommendation.IsDecided));
        Assert.Equal(["async", "processes"], recommendation.Candidates);
        Assert.EndsWith("; processes is no faster by more than 3 %, and it is simpler", recommendation.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_evidence_does_not_decide_the_simplest_candidate_is_a_working_choice()
    {
        Recommendation recommendation = Recommend(
            MeasuredRuns.Of("sequential", Baseline),
            MeasuredRuns.Of("threads", 50, 54, 51, 53, 50, 54),
            MeasuredRuns.Of("async", 53, 51, 53, 52, 54, 50));

        Assert.Equal(["async", "threads"], recommendation.Candidates);
        Assert.Equal(("async", false), (recommendation.Model, recommendation.IsDecided));
        Assert.Matches("^1[.]9[0-9] to 1[.]9[0-9] times as fast as sequential$", recommendation.Reason);
        Assert.Matches("^measure about [0-9]+ rounds ", recommendation.Next!);
    }

    [Fact]
    public void An_undecided_gain_over_a_candidate_has_a_subject()
    {
        Recommendation recommendation = Recommend(
            MeasuredRuns.Of("sequential", 50, 54, 51, 53, 50, 54), MeasuredRuns.Of("threads", 53, 51, 55, 52, 54, 50));

        Assert.Equal(["sequential", "threads"], recommendation.Candidates);
        Assert.Matches("^threads is [01][.][0-9]+ times as fast as sequential$", recommendation.Reason);
    }

    [Theory]
    // As many rounds as it takes are too many.
    [InlineData(1, 10)]
    // Or they take too long.
    [InlineData(1_000, 1)]
    public void More_rounds_are_no_advice_where_too_many_or_too_long_ones_would_tell(double scale, double spread)
    {
        IEnumerable<RunResult> Runs(string model, params double[] differences) =>
            MeasuredRuns.Of(model, [.. differences.Select(difference => scale * (500 + (spread * difference)))]);

        Recommendation recommendation = Recommend(
            Runs("sequential", 500, 504, 501, 503, 500, 504), Runs("threads", 0, 20, 5, 15, 0, 20), Runs("async", 15, 5, 15, 10, 20, 0));

        Assert.False(recommendation.IsDecided);
        Assert.Equal(
            "measure larger or more tasks: with these it takes more than 100 rounds or 1,000 s to tell, and the difference may be too small to matter",
            recommendation.Next);
    }

    [Fact]
    public void A_model_that_another_is_shown_to_be_faster_than_is_no_candidate_though_a_third_may_be_as_fast()
    {
        // Between the others nothing is decided; sequential is simpler than both, and out.
        Recommendation recommendation = Recommend(
            MeasuredRuns.Of("sequential", 100, 110, 105, 108, 102, 107),
            MeasuredRuns.Of("threads", 70, 77, 73, 76, 71, 75),
            MeasuredRuns.Of("processes", 60, 130, 62, 128, 61, 125));

        Assert.Equal(("threads", false), (recommendation.Model, recommendation.IsDecided));
        Assert.DoesNotContain("sequential", recommendation.Candidates);
    }

    [Theory]
    [InlineData(new double[] { 200, 201, 202, 203, 204, 205 }, true)]
    // As fast.
    [InlineData(new double[] { 99, 100, 101, 102, 103, 104 }, true)]
    // Faster by its median, but it may be chance.
    [InlineData(new double[] { 80, 121, 82, 123, 84, 105 }, false)]
    public void Sequential_is_recommended_where_nothing_is_shown_to_be_faster(double[] threads, bool decided)
    {
        Recommendation recommendation = Recommend(MeasuredRuns.Of("sequential", Baseline), MeasuredRuns.Of("threads", threads));

        Assert.Equal(("sequential", decided), (recommendation.Model, recommendation.IsDecided));
        if (decided)
            Assert.StartsWith("no other model is faster by more than 3 %", recommendation.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "1 round is too few")]
    [InlineData(5, "5 rounds are too few")]
    public void Fewer_than_six_rounds_allow_no_recommendation_however_clear_they_look(int rounds, string reason)
    {
        Recommendation recommendation = Recommend(
            MeasuredRuns.Of("sequential", Baseline[..rounds]), MeasuredRuns.Of("async", [.. Baseline[..rounds].Select(time => time / 60)]));

        Assert.Null(recommendation.Model);
        Assert.False(recommendation.IsDecided);
        Assert.StartsWith(reason, recommendation.Reason, StringComparison.Ordinal);
        Assert.Equal("measure 6 rounds or more", recommendation.Next);
    }

    [Theory]
    [InlineData(0.05, true, true)]
    [InlineData(0.31, true, false)]
    [InlineData(0.94, false, false)]
    public void What_others_use_of_the_machine_makes_doubtful_and_then_worthless(double others, bool hasModel, bool decided)
    {
        var load = new MachineLoad(StealMs: 0, OtherCpuMs: others * 1_000, CapacityMs: 1_000);

        Recommendation recommendation = Recommend(
            MeasuredRuns.Of("sequential", Baseline).Select(run => run with { Load = load }),
            MeasuredRuns.Of("threads", 50, 50.5, 51, 51.5, 52, 52.5).Select(run => run with { Load = load }));

        Assert.Equal((hasModel, decided), (recommendation.Model is not null, recommendation.IsDecided));
        if (!decided)
            Assert.Contains("close other programs", recommendation.Next!, StringComparison.Ordinal);
    }

    [Fact]
    public void The_model_that_shows_the_cost_of_a_lock_is_never_recommended()
    {
        Recommendation recommendation = Recommend(
            MeasuredRuns.Of("sequential", Baseline), MeasuredRuns.Of("gil-threads", 1, 1, 1, 1, 1, 1));

        Assert.Equal("sequential", recommendation.Model);
        Assert.Equal("the only model to choose from, 102.5 ms", recommendation.Reason);
    }

    [Theory]
    [InlineData(50, "async")]
    [InlineData(30, "event-loop")]
    public void An_event_loop_is_recommended_only_where_it_beats_async(double loop, string expected)
    {
        Recommendation recommendation = Recommend(
            MeasuredRuns.Of("sequential", Baseline),
            MeasuredRuns.Of("event-loop", [.. Enumerable.Range(0, 6).Select(round => loop + (0.1 * round))]),
            MeasuredRuns.Of("async", 50.2, 50.3, 50.4, 50.5, 50.6, 50.7));

        Assert.Equal((expected, true), (recommendation.Model, recommendation.IsDecided));
    }

    [Fact]
    public void Without_sequential_times_stand_for_speed_ups() => Assert.StartsWith(
        "10.00 ms, 2.00 times as fast as async (2.00 to 2.00)",
        Recommend(MeasuredRuns.Of("threads", 10, 10, 10, 10, 10, 10), MeasuredRuns.Of("async", 20, 20, 20, 20, 20, 20)).Reason,
        StringComparison.Ordinal);

    [Fact]
    public void A_single_model_is_said_to_be_the_only_one()
    {
        Recommendation recommendation = Recommend(MeasuredRuns.Of("threads", 10, 10, 10, 10, 10, 10));

        Assert.Equal(("the only model to choose from, 10.00 ms", false), (recommendation.Reason, recommendation.IsDecided));
    }

    [Theory]
    [InlineData(0.012, "0.012 ms")]
    [InlineData(20, "20.00 to 20.50 ms")]
    public void Without_sequential_what_is_undecided_has_the_times_of_the_table(double time, string expected)
    {
        double half = time / 40;

        Assert.Equal(expected, Recommend(
            MeasuredRuns.Of("threads", time - half, time + half, time, time + half, time - half, time),
            MeasuredRuns.Of("async", time + half, time, time + (2 * half), time - half, time + (2 * half), time + half)).Reason);
    }

    [Theory]
    // In five rounds of six it took a tenth of the time, in three it was as fast with much noise, in one nobody can tell.
    [InlineData(new double[] { 10, 10.1, 10.2, 10.3, 10.4 }, false)]
    [InlineData(new double[] { 80, 150, 95 }, false)]
    [InlineData(new double[] { 300 }, false)]
    // Slower beyond doubt, though in five rounds only.
    [InlineData(new double[] { 300, 303, 306, 309, 312 }, true)]
    public void A_model_that_lacks_rounds_leaves_it_undecided_unless_it_is_shown_to_be_no_faster(double[] threads, bool decided)
    {
        RunResult[] runs = [.. MeasuredRuns.Of("sequential", Baseline), .. MeasuredRuns.Of("threads", threads)];
        var spec = new ExperimentSpec { Workloads = [new WorkloadSpec("primes", 1_000, 8)], Models = ["sequential", "threads"], UntilDecided = true };

        Recommendation recommendation = Recommend(runs);

        Assert.Equal((decided, decided ? null : "primes 1000: sequential or threads"), Evidence.LookAt(spec, runs));
        Assert.Equal(("sequential", decided), (recommendation.Model, recommendation.IsDecided));
        Assert.Equal<(string, string?)>(
            decided
                ? ("no other model is faster by more than 3 %", null)
                : ($"no other model is shown to be faster by more than 3 %; too few valid rounds to tell of threads ({threads.Length})", "measure until threads has 6 valid rounds"),
            (recommendation.Reason, recommendation.Next));
    }

    [Fact]
    public void A_model_that_lacks_rounds_is_not_recommended_though_the_event_loop_is_no_alternative_to_it()
    {
        Recommendation recommendation = Recommend(
            MeasuredRuns.Of("event-loop", 50.2, 50.3, 50.4, 50.5, 50.6, 50.7), MeasuredRuns.Of("async", 50, 80, 40, 60, 50));

        Assert.Equal(("event-loop", false), (recommendation.Model, recommendation.IsDecided));
        Assert.EndsWith("; too few valid rounds to tell of async (5)", recommendation.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_of_the_recommended_model_that_are_left_out_are_part_of_the_answer()
    {
        RunResult[] threads = [.. MeasuredRuns.Of("threads", 50, 50.5, 51, 51.5, 52, 52.5, 53)];
        threads[3] = threads[3] with { Failed = 1, Mismatches = 1 };

        Assert.EndsWith(
            "; 1 of 7 runs of threads failed and is left out",
            Recommend(MeasuredRuns.Of("sequential", [.. Baseline, 106]), threads).Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_without_a_valid_run_is_no_candidate()
    {
        RunResult[] failed = [.. MeasuredRuns.Of("async", 1, 1, 1, 1, 1, 1).Select(run => run with { Failed = 1, Error = "it failed" })];

        Recommendation recommendation = Recommend(MeasuredRuns.Of("sequential", Baseline), MeasuredRuns.Of("threads", 50, 51, 52, 53, 54, 55), failed);

        Assert.Equal(["threads"], recommendation.Candidates);
        Assert.EndsWith("; every run of async failed, so that nothing is known of it", recommendation.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_workload_and_size_has_its_own_recommendation()
    {
        double[] slow = [20, 20, 20, 20, 20, 20];
        double[] fast = [10, 10, 10, 10, 10, 10];

        IReadOnlyList<Recommendation> recommendations = RecommendAll(
            MeasuredRuns.Of("threads", fast),
            MeasuredRuns.Of("async", slow),
            MeasuredRuns.Of("threads", slow).Select(run => run with { Workload = "delay", Size = 5 }),
            MeasuredRuns.Of("async", fast).Select(run => run with { Workload = "delay", Size = 5 }));

        Assert.Equal([("delay", 5, "async"), ("primes", 1_000, "threads")], recommendations.Select(each => (each.Workload, each.Size, each.Model)));
    }

    [Fact]
    public void The_table_calls_faster_than_sequential_what_the_recommendation_prefers_to_it()
    {
        var random = new Random(7);
        for (int trial = 0; trial < 200; trial++)
        {
            double gain = 1 + (0.3 * random.NextDouble());
            RunResult[] runs =
            [
                .. MeasuredRuns.Of("sequential", [.. Enumerable.Range(0, 8).Select(_ => 100 * (1 + (0.1 * random.NextDouble())))]),
                .. MeasuredRuns.Of("threads", [.. Enumerable.Range(0, 8).Select(_ => 100 / gain * (1 + (0.1 * random.NextDouble())))]),
                .. MeasuredRuns.Of("processes", [.. Enumerable.Range(0, 8).Select(_ => 100 * (1 + (0.1 * random.NextDouble())))]),
            ];
            IReadOnlyList<ModelAnalysis> analysis = ExperimentAnalyzer.Analyze(runs);
            Recommendation recommendation = Recommender.Recommend(analysis, runs).Single();

            Assert.Equal(analysis.Any(model => model.Verdict == Verdict.Faster), !recommendation.Candidates.Contains("sequential"));
        }
    }

    [Fact]
    public void What_is_decided_has_nothing_beside_it_that_the_table_shows_to_be_faster_whatever_runs_failed()
    {
        var random = new Random(11);
        int decided = 0;
        for (int trial = 0; trial < 200; trial++)
        {
            RunResult[] runs =
            [
                .. new[] { "sequential", "threads", "processes" }.SelectMany(model =>
                {
                    double time = 100 * (0.7 + (0.6 * random.NextDouble()));
                    double fails = 0.6 * random.NextDouble();
                    return MeasuredRuns.Of(model, [.. Enumerable.Range(0, 8).Select(_ => time * (1 + (0.04 * random.NextDouble())))])
                        .Select(run => random.NextDouble() < fails ? run with { Failed = 1 } : run);
                }),
            ];
            IReadOnlyList<ModelAnalysis> analysis = ExperimentAnalyzer.Analyze(runs);
            if (Recommender.Recommend(analysis, runs).SingleOrDefault() is not { IsDecided: true, Model: { } chosen })
                continue;
            decided++;
            RunResult[] OfModel(string model) => [.. runs.Where(run => run.Model == model && run.IsValid)];
            Assert.All(analysis.Where(model => model.Model != chosen), model => Assert.True(
                RunComparison.Of(OfModel(model.Model), OfModel(chosen), seed: 0)!.Speedup.Low <= 1.03, $"trial {trial}: {model.Model} and {chosen}"));
        }

        Assert.InRange(decided, 20, 199);
    }

    private static Recommendation Recommend(params IEnumerable<RunResult>[] runs) => Assert.Single(RecommendAll(runs));

    private static IReadOnlyList<Recommendation> RecommendAll(params IEnumerable<RunResult>[] runs)
    {
        RunResult[] all = [.. runs.SelectMany(each => each)];
        return Recommender.Recommend(ExperimentAnalyzer.Analyze(all), all);
    }
}
