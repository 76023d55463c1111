using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Tests.Analysis;

namespace ServerlessConcurrency.Core.Tests.Sweeps;

public sealed class RecommendedSizesTests
{
    private static readonly double[] Spread = [1, 1.001, 1.002, 1.003, 1.004, 1.005];

    [Fact]
    public void An_experiment_with_several_sizes_tells_from_which_on_the_model_pays()
    {
        // Ten times the work; half the time, and 10 ms more for a start: as fast at 20 ms.
        Recommendation large = Recommend([1, 10, 100, 1_000]).Single(each => each.Size == 1_000);

        Assert.Equal("threads", large.Model);
        Assert.InRange(large.BreakEvenSize!.Value, 10, 100);
        Assert.InRange(large.BreakEvenSize.Value, large.BreakEvenLow!.Value, large.BreakEvenHigh!.Value);
        Assert.Contains("; faster than sequential from size ", large.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void One_size_alone_tells_none()
    {
        Recommendation recommendation = Assert.Single(Recommend([1_000]));

        Assert.Null(recommendation.BreakEvenSize);
        Assert.DoesNotContain("size", recommendation.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_is_faster_at_every_size_has_no_break_even_point()
    {
        Recommendation recommendation = Recommend([100, 1_000])[^1];

        Assert.Equal("threads", recommendation.Model);
        Assert.Null(recommendation.BreakEvenSize);
        Assert.DoesNotContain("from size", recommendation.Reason, StringComparison.Ordinal);
        Assert.EndsWith("; faster than sequential at every size measured, 100 to 1,000", recommendation.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Below_the_last_size_at_which_it_overtakes_it_is_said_that_it_is_so_for_good()
    {
        // Slower at 100 alone.
        Recommendation small = Recommend([50, 100, 1_000], change: run => (run.Size, run.Model) == (100, "threads") ? run with { WallMs = 3 * run.WallMs } : run)[0];

        Assert.Equal((50, "threads"), (small.Size, small.Model));
        Assert.Contains("; faster than sequential for good from size ", small.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_sizes_do_not_decide_it_is_said_with_the_reason()
    {
        // Three rounds at the smaller size are too few.
        Recommendation recommendation = Recommend([10, 1_000], run => run.Size == 1_000 || run.Round <= 3)[^1];

        Assert.Equal("threads", recommendation.Model);
        Assert.Contains("; undecided from which size on it is faster than sequential: ", recommendation.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_with_other_numbers_of_tasks_are_other_work()
    {
        Recommendation recommendation = Recommend([10, 1_000], change: run => run with { Tasks = run.Size == 10 ? 4 : 8 })[^1];

        Assert.Null(recommendation.BreakEvenSize);
        Assert.DoesNotContain("size", recommendation.Reason, StringComparison.Ordinal);
    }

    private static IReadOnlyList<Recommendation> Recommend(
        long[] sizes, Func<RunResult, bool>? keep = null, Func<RunResult, RunResult>? change = null) => ExperimentConclusion.Draw(new ExperimentDocument
        {
            Id = "20260131-093000-test",
            Status = ExperimentStatus.Completed,
            StartedAt = DateTimeOffset.UnixEpoch,
            Spec = new ExperimentSpec { Workloads = [.. sizes.Select(size => new WorkloadSpec("primes", size, 8))], Models = ["sequential", "threads"] },
            Environment = new EnvironmentInfo("", "", 2, "", "local"),
            Progress = new ExperimentProgress(0, 0, null),
            Runs =
        [
            .. sizes.SelectMany(size => MeasuredRuns.Of("sequential", [.. Spread.Select(spread => size * spread)])
                .Concat(MeasuredRuns.Of("threads", [.. Spread.Reverse().Select(spread => ((size / 2.0) + 10) * spread)]))
                .Select(run => run with { Size = size }))
                .Where(keep ?? (_ => true))
                .Select(change ?? (run => run)),
        ],
        }).Recommendation;
}
