using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Tests.Analysis;

public sealed class RecommenderTests
{
    private static readonly double[] Baseline = [100, 101, 102, 103, 104, 105];

    [Fact]
    public void The_fastest_model_is_recommended_with_its_margin_and_confidence()
    {
        Recommendation recommendation = Recommend(
            MeasuredRuns.Of("sequential", Baseline),
            MeasuredRuns.Of("threads", 50, 50.5, 51, 51.5, 52, 52.5),
            MeasuredRuns.Of("async", 80, 81, 82, 83, 84, 85));

        Assert.Equal(("primes", 1_000, "threads"), (recommendation.Workload, recommendation.Size, recommendation.Model));
        Assert.Equal((true, 1.0, "async"), (recommendation.IsDecided, recommendation.Confidence, recommendation.RunnerUp));
        Assert.Equal(1.61, recommendation.Margin!.Value, tolerance: 0.001);
        Assert.InRange(recommendation.Margin.Value, recommendation.MarginLow!.Value, recommendation.MarginHigh!.Value);
        Assert.StartsWith("2.00 times as fast as sequential (95 % interval 2.00 to 2.00); 1.61 times as fast as the runner-up async (", recommendation.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_models_that_are_as_fast_the_simplest_is_recommended()
    {
        Recommendation recommendation = Recommend(
            MeasuredRuns.Of("sequential", Baseline),
            MeasuredRuns.Of("event-loop", 50, 50.1, 50.2, 50.3, 50.4, 50.5),
            MeasuredRuns.Of("async", 50.2, 50.3, 50.4, 50.5, 50.6, 50.7));

        Assert.Equal(("async", true), (recommendation.Model, recommendation.IsDecided));
        Assert.Contains("; as fast within 3 %: event-loop", recommendation.Reason, StringComparison.Ordinal);
        Assert.Equal(1.0, recommendation.Confidence);
    }

    [Fact]
    public void It_is_said_where_the_evidence_does_not_decide()
    {
        Recommendation recommendation = Recommend(
            MeasuredRuns.Of("sequential", Baseline),
            MeasuredRuns.Of("threads", 50, 58, 51, 57, 50, 58),
            MeasuredRuns.Of("async", 57, 51, 56, 52, 58, 50));

        Assert.Equal(("threads", false), (recommendation.Model, recommendation.IsDecided));
        Assert.Contains("; the evidence does not decide between it and async: measure more rounds", recommendation.Reason, StringComparison.Ordinal);
        Assert.InRange(recommendation.Confidence!.Value, 0.2, 0.99);
    }

    [Theory]
    [InlineData(new double[] { 200, 201, 202, 203, 204, 205 }, true, "no other model is faster, and it is the simplest")]
    // As fast.
    [InlineData(new double[] { 99, 100, 101, 102, 103, 104 }, true, "no other model is shown to be faster, and it is the simplest")]
    // Faster by its median, but it may be chance.
    [InlineData(new double[] { 80, 121, 82, 123, 84, 105 }, false, "no other model is shown to be faster, and it is the simplest")]
    public void Sequential_is_recommended_where_nothing_is_shown_to_be_faster(double[] threads, bool decided, string reason)
    {
        Recommendation recommendation = Recommend(MeasuredRuns.Of("sequential", Baseline), MeasuredRuns.Of("threads", threads));

        Assert.Equal(("sequential", decided), (recommendation.Model, recommendation.IsDecided));
        Assert.StartsWith(reason, recommendation.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Three_rounds_do_not_decide_however_clear_they_look()
    {
        Recommendation recommendation = Recommend(MeasuredRuns.Of("async", 100, 101, 102), MeasuredRuns.Of("threads", 50, 51, 52));

        Assert.Equal(("threads", false), (recommendation.Model, recommendation.IsDecided));
    }

    [Fact]
    public void The_model_that_shows_the_cost_of_a_lock_is_never_recommended()
    {
        Recommendation recommendation = Recommend(
            MeasuredRuns.Of("sequential", Baseline), MeasuredRuns.Of("gil-threads", 1, 1, 1, 1, 1, 1));

        Assert.Equal("sequential", recommendation.Model);
    }

    [Fact]
    public void Without_sequential_the_lowest_median_is_recommended() => Assert.StartsWith(
        "10.0 ms; 2.00 times as fast as the runner-up async",
        Recommend(MeasuredRuns.Of("threads", 10, 10, 10), MeasuredRuns.Of("async", 20, 20, 20)).Reason,
        StringComparison.Ordinal);

    [Fact]
    public void A_single_model_is_said_to_be_the_only_one()
    {
        Recommendation recommendation = Recommend(MeasuredRuns.Of("threads", 10, 10, 10));

        Assert.Equal(("the only model with a valid run, 10.0 ms", false), (recommendation.Reason, recommendation.IsDecided));
    }

    [Fact]
    public void A_model_without_a_valid_run_is_no_candidate()
    {
        RunResult[] failed = [.. MeasuredRuns.Of("async", 1, 1, 1, 1, 1, 1).Select(run => run with { Failed = 1, Error = "it failed" })];

        Recommendation recommendation = Recommend(MeasuredRuns.Of("sequential", Baseline), MeasuredRuns.Of("threads", 50, 51, 52, 53, 54, 55), failed);

        Assert.Equal(("threads", "sequential"), (recommendation.Model, recommendation.RunnerUp));
    }

    [Fact]
    public void A_model_of_which_every_run_failed_is_named()
    {
        IEnumerable<RunResult> failed = MeasuredRuns.Of("processes", 1, 2, 3).Select(run => run with { Failed = 1, Error = "it failed" });

        Recommendation recommendation = Recommend(MeasuredRuns.Of("sequential", 10.0, 10, 10), failed);

        Assert.Equal("the only model with a valid run, 10.0 ms; of processes every run failed, so that nothing is known of it", recommendation.Reason);
    }

    [Fact]
    public void Fewer_than_six_rounds_decide_nothing_however_alike_they_are()
    {
        Recommendation recommendation = Recommend(MeasuredRuns.Of("sequential", 100, 100), MeasuredRuns.Of("async", 100, 100));

        Assert.Equal(("sequential", false), (recommendation.Model, recommendation.IsDecided));
    }

    [Fact]
    public void Each_workload_and_size_has_its_own_recommendation()
    {
        IReadOnlyList<Recommendation> recommendations = RecommendAll(
            MeasuredRuns.Of("threads", 10, 10),
            MeasuredRuns.Of("async", 20, 20),
            MeasuredRuns.Of("threads", 20, 20).Select(run => run with { Workload = "delay", Size = 5 }),
            MeasuredRuns.Of("async", 10, 10).Select(run => run with { Workload = "delay", Size = 5 }));

        Assert.Equal([("delay", 5, "async"), ("primes", 1_000, "threads")], recommendations.Select(each => (each.Workload, each.Size, each.Model)));
    }

    private static Recommendation Recommend(params IEnumerable<RunResult>[] runs) => Assert.Single(RecommendAll(runs));

    private static IReadOnlyList<Recommendation> RecommendAll(params IEnumerable<RunResult>[] runs)
    {
        RunResult[] all = [.. runs.SelectMany(each => each)];
        return Recommender.Recommend(ExperimentAnalyzer.Analyze(all), all);
    }
}
