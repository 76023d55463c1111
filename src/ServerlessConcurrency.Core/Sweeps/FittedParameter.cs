namespace ServerlessConcurrency.Core.Sweeps;

/// <summary>A parameter of a fit.</summary>
/// <param name="Estimate">Its value.</param>
/// <param name="Low">The lower end of its 95 % bootstrap interval.</param>
/// <param name="High">The upper end.</param>
public sealed record FittedParameter(double Estimate, double Low, double High);
