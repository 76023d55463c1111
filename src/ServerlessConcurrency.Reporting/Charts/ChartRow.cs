namespace ServerlessConcurrency.Reporting.Charts;

/// <param name="Description">What the row shows, for those who cannot see it.</param>
internal sealed record ChartRow(string Name, string Description, IReadOnlyList<RowMark> Marks, IReadOnlyList<RowDot> Dots);
