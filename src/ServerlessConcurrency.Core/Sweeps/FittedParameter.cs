namespace ServerlessConcurrency.Core.Sweeps;

/// <summary>A parameter of a fit.</summary>
/// <param name="Low">The lower end of its 95 % bootstrap interval.</param>
public sealed record FittedParameter(double Estimate, double Low, double High);
