namespace ServerlessConcurrency.Core.Tests.Sweeps;

/// <summary>Seeded noise on measured times.</summary>
internal sealed class Noise(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Values around a true one, log-normal.</summary>
    /// <param name="truth">The true value.</param>
    /// <param name="relative">The standard deviation of the logarithm.</param>
    /// <param name="count">How many.</param>
    public double[] Around(double truth, double relative, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => truth * Math.Exp(relative * Normal()))];

    /// <summary>A standard normal number (Box and Muller, 1958).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
