namespace ServerlessConcurrency.Core.Sweeps;

/// <summary>How many times as fast as another model a model is at one value of a sweep.</summary>
/// <param name="Ratio">
/// The other's wall time divided by the model's, compared within each round: the exponential of the median of the logarithms.
/// Above 1 the model is faster.
/// </param>
/// <param name="Low">The lower end of the ratio's distribution-free 95 % confidence interval.</param>
/// <param name="Rounds">How many rounds had a valid run of both.</param>
public sealed record PairedRatio(long Value, double Ratio, double Low, double High, int Rounds);
