using ServerlessConcurrency.Core.Analysis;

namespace ServerlessConcurrency.Core.Tests.Analysis;

public sealed class RecommenderTests
{
    [Fact]
    public void The_fastest_model_is_recommended_with_its_speed_up_and_lead()
    {
        Recommendation recommendation = Recommend(
            MeasuredRuns.Of("sequential", 100, 101, 102, 103, 104, 105),
            MeasuredRuns.Of("threads", 50, 50.5, 51, 51.5, 52, 52.5),
            MeasuredRuns.Of("async", 80, 81, 82, 83, 84, 85));

        Assert.Equal(("primes", 1_000, "threads"), (recommendation.Workload, recommendation.Size, recommendation.Model));
        Assert.Equal(
            "2.00 times as fast as sequential (95 % interval 2.00 to 2.00); 1.61 times as fast as the runner-up async",
            recommendation.Reason);
    }

    [Fact]
    public void Models_whose_intervals_overlap_are_named_as_not_told_apart()
    {
        Recommendation recommendation = Recommend(
            MeasuredRuns.Of("sequential", 100, 101, 102, 103, 104, 105),
            MeasuredRuns.Of("threads", 50, 51, 52, 53, 54, 55),
            MeasuredRuns.Of("async", 51, 52, 53, 54, 55, 56),
            MeasuredRuns.Of("event-loop", 54, 55, 56, 57, 58, 59),
            MeasuredRuns.Of("gil-threads", 70, 71, 72, 73, 74, 75));

        Assert.Equal("threads", recommendation.Model);
        Assert.EndsWith("; not told apart from async, event-loop: their intervals overlap", recommendation.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new double[] { 20, 20, 20, 20, 20, 20 })]
    // Faster by its median, but it may be chance.
    [InlineData(new double[] { 9, 9, 9, 11, 9, 11 })]
    public void Sequential_is_recommended_where_nothing_is_shown_to_be_faster(double[] threads)
    {
        Recommendation recommendation = Recommend(
            MeasuredRuns.Of("sequential", 10, 10, 10, 10, 10, 10), MeasuredRuns.Of("threads", threads));

        Assert.Equal("sequential", recommendation.Model);
        Assert.Equal("no other model is shown to be faster, and it is the simplest", recommendation.Reason);
    }

    [Fact]
    public void A_model_with_a_lower_median_that_is_not_shown_to_be_faster_is_passed_over_but_named()
    {
        Recommendation recommendation = Recommend(
            MeasuredRuns.Of("sequential", 100, 101, 102, 103, 104, 105),
            MeasuredRuns.Of("fickle", 40, 40, 40, 40, 160, 160),
            MeasuredRuns.Of("threads", 50, 51, 52, 53, 54, 55));

        Assert.Equal("threads", recommendation.Model);
        Assert.EndsWith("; not told apart from fickle: their intervals overlap", recommendation.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_sequential_the_lowest_median_is_recommended() => Assert.Equal(
        "the lowest median, 10.0 ms; 2.00 times as fast as the runner-up async",
        Recommend(MeasuredRuns.Of("threads", 10, 10, 10), MeasuredRuns.Of("async", 20, 20, 20)).Reason);

    [Fact]
    public void A_single_model_is_said_to_be_the_only_one() => Assert.Equal(
        "the lowest median, 10.0 ms; the only model measured", Recommend(MeasuredRuns.Of("threads", 10, 10, 10)).Reason);

    [Fact]
    public void Each_workload_and_size_has_its_own_recommendation()
    {
        IReadOnlyList<Recommendation> recommendations = Recommender.Recommend(ExperimentAnalyzer.Analyze(
        [
            .. MeasuredRuns.Of("threads", 10, 10),
            .. MeasuredRuns.Of("async", 20, 20),
            .. MeasuredRuns.Of("threads", 20, 20).Select(run => run with { Workload = "delay", Size = 5 }),
            .. MeasuredRuns.Of("async", 10, 10).Select(run => run with { Workload = "delay", Size = 5 }),
        ]));

        Assert.Equal([("delay", 5, "async"), ("primes", 1_000, "threads")], recommendations.Select(each => (each.Workload, each.Size, each.Model)));
    }

    private static Recommendation Recommend(params IEnumerable<Core.Experiments.RunResult>[] runs) =>
        Assert.Single(Recommender.Recommend(ExperimentAnalyzer.Analyze([.. runs.SelectMany(each => each)])));
}
