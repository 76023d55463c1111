namespace ServerlessConcurrency.Benchmarks.Harness;

/// <summary>
/// Measures variants in turn, round after round, so that whatever else happens on the machine happens to all of them, and
/// compares them within a round.
/// </summary>
public sealed class Rounds
{
    private readonly double[][] _samples;

    private Rounds(double[][] samples) => _samples = samples;

    /// <summary>Measures each variant once to warm up, then once a round, every other round in the reverse order.</summary>
    /// <param name="rounds">How many rounds.</param>
    /// <param name="variants">Each returns one figure.</param>
    /// <returns>The figures.</returns>
    public static async Task<Rounds> MeasureAsync(int rounds, params IReadOnlyList<Func<Task<double>>> variants)
    {
        foreach (Func<Task<double>> variant in variants)
            await variant();

        double[][] samples = [.. variants.Select(_ => new double[rounds])];
        for (int round = 0; round < rounds; round++)
        {
            for (int position = 0; position < variants.Count; position++)
            {
                int variant = round % 2 == 0 ? position : variants.Count - 1 - position;
                samples[variant][round] = await variants[variant]();
            }
        }

        return new Rounds(samples);
    }

    /// <summary>A variant's median.</summary>
    /// <param name="variant">Its position.</param>
    /// <returns>The median.</returns>
    public double Median(int variant) => MedianOf(_samples[variant]);

    /// <summary>The median over the rounds of one variant's figure divided by another's.</summary>
    /// <param name="variant">The dividend's position.</param>
    /// <param name="reference">The divisor's position.</param>
    /// <returns>The median.</returns>
    public double Ratio(int variant, int reference) =>
        MedianOf([.. _samples[variant].Zip(_samples[reference], (one, other) => one / other)]);

    private static double MedianOf(double[] samples)
    {
        double[] sorted = [.. samples.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
