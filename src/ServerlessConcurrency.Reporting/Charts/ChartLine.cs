namespace ServerlessConcurrency.Reporting.Charts;

/// <param name="Name">What it stands for, e.g. a model's id.</param>
/// <param name="Curve">What a law says, by ascending place; empty without a fit.</param>
/// <param name="Mark">Which mark it has; null: that of its colour.</param>
internal sealed record ChartLine(
    string Name, int Style, IReadOnlyList<ChartPoint> Points, IReadOnlyList<ChartPoint> Curve, int? Mark = null, LineShape Shape = LineShape.Straight);
