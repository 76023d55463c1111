namespace ServerlessConcurrency.Reporting.Charts;

/// <param name="Label">What it is, where the line's name does not say it.</param>
internal sealed record ChartPoint(double X, double Y, double Low, double High, string? Label = null)
{
    public ChartPoint(double x, double y, string? label = null)
        : this(x, y, y, y, label)
    {
    }
}
