namespace ServerlessConcurrency.Core.Costs;

/// <summary>How meters round.</summary>
internal static class Rounding
{
    // What is whole but for the error of a division is not rounded up to the next step.
    private const double Tolerance = 1e-9;

    /// <summary>Rounds up to whole steps, and to a least amount.</summary>
    public static double Up(double amount, double least, double step) =>
        Math.Max(least, Math.Ceiling((amount / step) - Tolerance) * step);
}
