using System.Globalization;

namespace ServerlessConcurrency.Core.Wording;

/// <summary>A time in words and in tables: the same in both, so that an answer shows the figures of its table.</summary>
public static class TimeText
{
    /// <summary>A time in ms with about four digits, e.g. <c>0.00123</c>, <c>0.123</c>, <c>12.35</c>, <c>1,234</c>.</summary>
    /// <returns>The text, without the unit.</returns>
    public static string Milliseconds(double milliseconds) => milliseconds.ToString(
        Math.Abs(milliseconds) switch
        {
            > 0 and < 0.01 and var small => SmallText.ThreeDigits(small),
            < 10 => "F3",
            < 100 => "F2",
            < 1_000 => "F1",
            _ => "N0",
        },
        CultureInfo.InvariantCulture);
}
