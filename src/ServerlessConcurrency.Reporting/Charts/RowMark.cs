namespace ServerlessConcurrency.Reporting.Charts;

/// <param name="Name">What it stands for, e.g. a side of a claim.</param>
/// <param name="Mark">Which mark it has.</param>
/// <param name="Text">The figure with its interval.</param>
internal sealed record RowMark(string Name, int Style, int Mark, string Text, double Estimate, double Low, double High);
