using System.Globalization;

namespace ServerlessConcurrency.Core.Wording;

/// <summary>Numbers that a fixed number of decimals would show as 0, or nearly.</summary>
public static class SmallText
{
    /// <summary>The format of a number with three digits, e.g. of <c>0.00123</c>.</summary>
    /// <param name="small">The number without its sign, above 0 and below 0.1.</param>
    public static string ThreeDigits(double small) =>
        small < 1e-6 ? "0.##E0" : string.Create(CultureInfo.InvariantCulture, $"F{2 - (int)Math.Floor(Math.Log10(small))}");
}
