namespace ServerlessConcurrency.Core.Sweeps;

/// <summary>The degree with the highest throughput; null means that throughput never falls, so that there is no peak.</summary>
/// <param name="Estimate">The degree, 1 or more.</param>
/// <param name="Low">The lower end of its 95 % bootstrap interval.</param>
public sealed record PeakDegree(double? Estimate, double? Low, double? High);
