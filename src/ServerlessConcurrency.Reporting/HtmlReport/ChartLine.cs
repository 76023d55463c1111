namespace ServerlessConcurrency.Reporting.HtmlReport;

/// <summary>A line of a line chart.</summary>
/// <param name="Name">What it stands for, e.g. a model's id.</param>
/// <param name="Style">Which colour it has.</param>
/// <param name="Points">What was measured, by ascending place.</param>
/// <param name="Curve">What a law says, by ascending place; empty without a fit.</param>
/// <param name="Mark">Which mark it has; null: that of its colour.</param>
internal sealed record ChartLine(
    string Name, int Style, IReadOnlyList<ChartPoint> Points, IReadOnlyList<ChartPoint> Curve, int? Mark = null);
