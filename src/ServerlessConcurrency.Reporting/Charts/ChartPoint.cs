namespace ServerlessConcurrency.Reporting.Charts;

internal sealed record ChartPoint(double X, double Y, double Low, double High);
