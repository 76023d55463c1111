namespace ServerlessConcurrency.Reporting.HtmlReport;

/// <summary>A point of a line.</summary>
/// <param name="X">Its place on the horizontal axis.</param>
/// <param name="Y">Its place on the vertical axis.</param>
/// <param name="Low">The lower end of the interval around it.</param>
/// <param name="High">The upper end.</param>
internal sealed record ChartPoint(double X, double Y, double Low, double High);
