namespace ServerlessConcurrency.Core.Analysis;

/// <summary>An estimate with the interval around it.</summary>
/// <param name="Estimate">The estimate, e.g. the sample median.</param>
/// <param name="Coverage">
/// The probability with which such an interval covers the true value, 0 to 1; under 0.95 where the sample is too small for more.
/// </param>
public readonly record struct ConfidenceInterval(double Estimate, double Low, double High, double Coverage);
