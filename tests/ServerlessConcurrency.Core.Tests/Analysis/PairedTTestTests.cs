using ServerlessConcurrency.Core.Analysis;

namespace ServerlessConcurrency.Core.Tests.Analysis;

public sealed class PairedTTestTests
{
    // Student's own example: additional hours of sleep of ten patients (Biometrika 6, 1908, section 9); R's t.test(sleep) gives 0.002833 and 0.7001 to 2.4599.
    private static readonly double[] Sleep = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4];

    [Fact]
    public void The_example_of_its_author_comes_out()
    {
        (double low, double high) = PairedTTest.Interval(Sleep, 0.05);

        Assert.Equal(0.002833, PairedTTest.PValue(Sleep), tolerance: 1e-6);
        Assert.Equal((0.7001, 2.4599), (Math.Round(low, 4), Math.Round(high, 4)));
    }

    [Fact]
    public void The_sign_of_the_difference_does_not_matter() =>
        Assert.Equal(PairedTTest.PValue(Sleep), PairedTTest.PValue([.. Sleep.Select(difference => -difference)]), tolerance: 1e-15);

    [Fact]
    public void One_sided_it_is_half_of_it_in_one_direction_and_the_rest_in_the_other()
    {
        Assert.Equal(0.001416, PairedTTest.PValueOfGreater(Sleep), tolerance: 1e-6);
        Assert.Equal(1 - 0.001416, PairedTTest.PValueOfGreater([.. Sleep.Select(difference => -difference)]), tolerance: 1e-6);
        Assert.Equal(1, PairedTTest.PValueOfGreater([3]));
    }

    [Theory]
    [InlineData(new double[0], 1)]
    [InlineData(new double[] { 3 }, 1)]
    [InlineData(new double[] { 0, 0, 0 }, 1)]
    [InlineData(new double[] { 2, 2, 2 }, 0)]
    public void Without_spread_it_is_certain_and_without_values_nothing_is(double[] differences, double expected) =>
        Assert.Equal(expected, PairedTTest.PValue(differences));

    [Fact]
    public void One_value_leaves_everything_open() =>
        Assert.Equal((double.NegativeInfinity, double.PositiveInfinity), PairedTTest.Interval([1], 0.05));
}
