namespace ServerlessConcurrency.Core.Sweeps;

/// <summary>The throughput at one degree, measured and fitted.</summary>
/// <param name="Rounds">How many valid runs the figure rests on.</param>
/// <param name="TasksPerSecond">The number of tasks divided by the median wall time, corrected for drift where the fit is.</param>
/// <param name="FittedTasksPerSecond">What the law says; null without a fit, and where a run has fewer tasks than could work at once.</param>
/// <param name="ResidualPercent">How far the measured throughput lies above the fitted one, in percent of it; null without that.</param>
public sealed record ScalabilityPoint(
    long Degree, int Rounds, double TasksPerSecond, double? FittedTasksPerSecond, double? ResidualPercent);
