namespace ServerlessConcurrency.Reporting.Sweeps;

/// <summary>A model in a line chart.</summary>
/// <param name="Name">The model's id.</param>
/// <param name="Style">Which colour and mark it has.</param>
/// <param name="Points">What was measured, by ascending place.</param>
/// <param name="Curve">What a law says, by ascending place; empty without a fit.</param>
internal sealed record ChartLine(string Name, int Style, IReadOnlyList<ChartPoint> Points, IReadOnlyList<ChartPoint> Curve);
