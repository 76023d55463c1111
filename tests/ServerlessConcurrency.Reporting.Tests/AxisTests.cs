using FsCheck.Fluent;
using FsCheck.Xunit;
using ServerlessConcurrency.Reporting.Charts;

namespace ServerlessConcurrency.Reporting.Tests;

public sealed class AxisTests
{
    [Fact]
    public void Close_values_stand_on_a_linear_axis_from_zero() =>
        Assert.Equal([0, 200, 400, 600, 800], Axis.Of(340, 720).Ticks);

    [Fact]
    public void Distant_values_stand_on_a_logarithmic_axis()
    {
        Axis axis = Axis.Of(50.4, 1606);

        Assert.True(axis.IsLogarithmic);
        Assert.Equal([50, 100, 200, 500, 1000, 2000], axis.Ticks);
    }

    [Property]
    public FsCheck.Property Both_ends_are_on_the_axis_and_the_ticks_are_few(int mantissa, byte decades, byte exponent)
    {
        double smallest = Math.Abs((long)mantissa) % 1000 * Math.Pow(10, (exponent % 9) - 4);
        double largest = smallest + (Math.Pow(10, decades % 7) * Math.Max(smallest, 1));

        Axis axis = Axis.Of(smallest, largest);

        Assert.InRange(axis.Ticks.Count, 2, 7);
        Assert.All(axis.Ticks.Zip(axis.Ticks.Skip(1)), pair => Assert.True(pair.First < pair.Second));
        Assert.InRange(axis.Percent(smallest), 1.999, axis.Percent(largest));
        Assert.InRange(axis.Percent(largest), 2, 98.001);
        return (!axis.IsBeyond(largest)).ToProperty();
    }
}
