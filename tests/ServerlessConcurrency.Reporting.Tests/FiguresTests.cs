using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.Tests;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(null, "–")]
    [InlineData(double.NaN, "–")]
    [InlineData(0.0, "0.000")]
    [InlineData(0.0003214, "0.000321")]
    [InlineData(-0.0042, "-0.00420")]
    [InlineData(0.0123, "0.012")]
    [InlineData(9.87654, "9.877")]
    [InlineData(98.7654, "98.77")]
    [InlineData(987.654, "987.7")]
    [InlineData(9876.54, "9,877")]
    public void Times_have_about_four_digits(double? milliseconds, string text) =>
        Assert.Equal(text, Figures.Milliseconds(milliseconds));

    [Theory]
    [InlineData(0.0, "0.00")]
    [InlineData(0.0008984, "0.000898")]
    [InlineData(0.0123, "0.01")]
    [InlineData(1.934, "1.93")]
    [InlineData(31.87, "31.9")]
    [InlineData(310.4, "310")]
    public void Ratios_have_about_three_digits(double ratio, string text) => Assert.Equal(text, Figures.Ratio(ratio));

    [Theory]
    [InlineData(0.0, "0.00")]
    [InlineData(0.00000042, "4.2E-7")]
    [InlineData(0.000042, "0.0000420")]
    [InlineData(0.01234, "0.0123")]
    [InlineData(4.561, "4.56")]
    [InlineData(1234.4, "1,234")]
    public void What_costs_little_is_not_shown_as_free(double dollars, string text) => Assert.Equal(text, Figures.Dollars(dollars));

    [Theory]
    [InlineData(0.0004, "p < 0.001")]
    [InlineData(0.0312, "p = 0.031")]
    public void A_p_value_is_not_shown_as_zero(double pValue, string text) => Assert.Equal(text, Figures.PValue(pValue));
}
