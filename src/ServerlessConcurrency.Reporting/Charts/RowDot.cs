namespace ServerlessConcurrency.Reporting.Charts;

/// <param name="Title">What the run was, in words.</param>
internal sealed record RowDot(double Value, string Title, bool IsValid);
