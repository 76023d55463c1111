using ServerlessConcurrency.Core.Analysis;

namespace ServerlessConcurrency.Core.Tests.Analysis;

public sealed class PrecisionTests
{
    [Theory]
    // Half the width of 96 to 104 is 4 % of the median 100.
    [InlineData(new double[] { 96, 100, 100, 100, 100, 104 }, 0.04, true)]
    [InlineData(new double[] { 96, 100, 100, 100, 100, 104 }, 0.039, false)]
    // However well five values agree, they make no 95 % interval.
    [InlineData(new double[] { 100, 100, 100, 100, 100 }, 0.5, false)]
    public void It_is_reached_by_a_95_percent_interval_that_is_tight_enough(double[] wallMs, double precision, bool reached) =>
        Assert.Equal(reached, Precision.IsReached(ExperimentAnalyzer.Analyze([.. MeasuredRuns.Of("sequential", wallMs)]), precision));

    [Theory]
    // Each of the medians is within 1 %, but when the one was high the other was low: their ratio is within 2 %.
    [InlineData(0.015, false)]
    [InlineData(0.025, true)]
    public void The_speed_up_has_to_reach_it_as_well(double precision, bool reached) => Assert.Equal(reached, Precision.IsReached(
        ExperimentAnalyzer.Analyze(
        [
            .. MeasuredRuns.Of("sequential", 99, 101, 99, 101, 99, 101),
            .. MeasuredRuns.Of("threads", 50.5, 49.5, 50.5, 49.5, 50.5, 49.5),
        ]),
        precision));

    [Fact]
    public void Every_model_has_to_reach_it() => Assert.False(Precision.IsReached(
        ExperimentAnalyzer.Analyze(
        [
            .. MeasuredRuns.Of("sequential", 100, 100, 100, 100, 100, 100),
            .. MeasuredRuns.Of("threads", 10, 20, 30, 40, 50, 60),
        ]),
        0.1));
}
