using FsCheck.Xunit;
using ServerlessConcurrency.Core.Sweeps;

namespace ServerlessConcurrency.Core.Tests.Sweeps;

public sealed class BreakEvenFinderTests
{
    private const int Rounds = 10;
    private static readonly long[] Values = [10, 100, 1_000, 10_000, 100_000];

    [Fact]
    public void Without_noise_the_point_is_where_a_straight_line_in_log_log_crosses()
    {
        BreakEven found = Find(value => Math.Log(value / 2_500.0), noise: 0);

        Assert.Equal(BreakEvenOutcome.FasterFrom, found.Outcome);
        Assert.Equal(2_500, found.Value!.Value, 6);
        Assert.Equal(2_500, found.Low!.Value, 6);
        Assert.Equal(2_500, found.High!.Value, 6);
        Assert.Equal(1, found.CrossingShare);
        Assert.Null(found.Reason);
    }

    [Fact]
    public void With_noise_the_interval_covers_the_true_point_nearly_always()
    {
        int covered = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            BreakEven found = Find(value => 0.3 * Math.Log(value / 2_500.0), noise: 0.05, seed);
            Assert.Equal(BreakEvenOutcome.FasterFrom, found.Outcome);
            Assert.True(found.Low <= found.Value && found.Value <= found.High);
            covered += found.Low <= 2_500 && 2_500 <= found.High ? 1 : 0;
        }

        Assert.InRange(covered, 51, 60);
    }

    [Fact]
    public void A_model_that_is_faster_at_small_values_only_is_faster_up_to_the_point()
    {
        BreakEven found = Find(value => -Math.Log(value / 2_500.0), noise: 0.02);

        Assert.Equal(BreakEvenOutcome.FasterUpTo, found.Outcome);
        Assert.InRange(found.Value!.Value, found.Low!.Value, found.High!.Value);
        Assert.InRange(2_500, found.Low.Value, found.High.Value);
    }

    [Fact]
    public void Faster_everywhere_is_always_and_slower_everywhere_is_never_and_neither_is_extrapolated()
    {
        BreakEven always = Find(value => 0.5 + (0.01 * Math.Log(value)), noise: 0.02);
        // It would cross at a million.
        BreakEven never = Find(value => Math.Log(value / 1_000_000.0), noise: 0.02);

        Assert.Equal(BreakEvenOutcome.AlwaysFaster, always.Outcome);
        Assert.Equal(BreakEvenOutcome.NeverFaster, never.Outcome);
        Assert.All([always, never], found => Assert.Null(found.Value ?? found.Low ?? found.High));
    }

    [Fact]
    public void Equal_models_are_undecided_with_the_share_that_crosses()
    {
        int decided = Enumerable.Range(0, 60).Count(seed => Find(_ => 0, noise: 0.05, seed).Outcome != BreakEvenOutcome.Undecided);

        Assert.InRange(decided, 0, 3);
        BreakEven one = Find(_ => 0, noise: 0.05);
        Assert.InRange(one.CrossingShare!.Value, 0, 1);
        Assert.NotNull(one.Reason);
    }

    [Fact]
    public void A_crossing_is_told_only_if_both_sides_of_it_are_clear()
    {
        // Seven of eight rounds at the largest value: nearly all resamples cross, but the interval of that ratio reaches below 1.
        double[] slower = [.. Enumerable.Repeat(-1.0, 8)];
        double[] perhapsFaster = [-0.01, .. Enumerable.Repeat(0.1, 7)];

        BreakEven found = Find([(10, slower), (100, slower), (1_000, perhapsFaster)], new Resampling(1));

        Assert.True(found.CrossingShare >= 0.95);
        Assert.Equal(BreakEvenOutcome.Undecided, found.Outcome);
        Assert.Contains("not on both sides", found.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_crossing_counts()
    {
        double[] logRatios = [0.2, -0.1, 0.3, -0.4, 0.4];

        BreakEven found = Find(value => logRatios[Array.IndexOf(Values, value)], noise: 0.001);

        Assert.Equal(BreakEvenOutcome.FasterFrom, found.Outcome);
        Assert.InRange(found.Value!.Value, 10_000, 100_000);
    }

    [Fact]
    public void Too_few_rounds_decide_nothing_however_clear_they_look()
    {
        BreakEven found = Find(value => Math.Log(value / 2_500.0), noise: 0, rounds: 5);

        Assert.Equal(BreakEvenOutcome.Undecided, found.Outcome);
        Assert.Equal("5 valid rounds at 10; measure 6 or more", found.Reason);
        Assert.Equal(5, found.Ratios.Count);
    }

    [Fact]
    public void One_value_decides_nothing()
    {
        BreakEven found = Find([(10, [1, 1, 1, 1, 1, 1])], new Resampling(1));

        Assert.Equal(BreakEvenOutcome.Undecided, found.Outcome);
        Assert.Contains("two are needed", found.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_gives_the_same_interval()
    {
        (double?, double?)[] twice = [.. Enumerable.Range(0, 2)
            .Select(_ => Find(value => Math.Log(value / 2_500.0), noise: 0.2)).Select(found => (found.Low, found.High))];

        Assert.Equal(twice[0], twice[1]);
        Assert.NotNull(twice[0].Item1);
    }

    [Property(MaxTest = 30)]
    public bool A_point_lies_with_its_interval_inside_the_measured_range(int seed)
    {
        var noise = new Noise(seed);
        double[] truth = [.. Values.Select(_ => noise.Normal())];

        BreakEven found = Find(value => truth[Array.IndexOf(Values, value)], noise: 0.3, seed);

        return found.Value is null
            ? found.Low is null && found.High is null
            : found.Low >= Values[0] && found.Low <= found.High && found.High <= Values[^1] && found.CrossingShare >= 0.95;
    }

    private static BreakEven Find(Func<long, double> logRatio, double noise, int seed = 1, int rounds = Rounds)
    {
        var random = new Noise(seed);
        return Find(
            [.. Values.Select(value => (value, (double[])[.. Enumerable.Range(0, rounds).Select(_ => logRatio(value) + (noise * random.Normal()))]))],
            new Resampling(42));
    }

    private static BreakEven Find(IReadOnlyList<(long Value, double[] LogRatios)> points, Resampling resampling) =>
        BreakEvenFinder.Find("primes", size: null, "threads", "sequential", points, resampling);
}
