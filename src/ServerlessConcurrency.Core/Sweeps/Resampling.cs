using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Sweeps;

/// <summary>
/// A seeded source of bootstrap resamples (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapters 6 and 13),
/// the same on every platform: SplitMix64.
/// </summary>
/// <param name="seed">The seed.</param>
internal sealed class Resampling(ulong seed)
{
    /// <summary>How often a statistic is computed anew.</summary>
    public const int Resamples = 2_000;

    /// <summary>The probability with which an interval is to cover the truth.</summary>
    public const double Coverage = 0.95;

    private ulong _state = Checksum.Mix(seed);

    /// <summary>A source of its own for one question, so that the answers to others do not depend on it.</summary>
    /// <param name="seed">The experiment's seed.</param>
    /// <param name="names">What the question is about.</param>
    public static Resampling For(long seed, params ReadOnlySpan<string> names)
    {
        ulong state = (ulong)seed;
        foreach (string name in names)
        {
            foreach (char letter in name)
                state = Checksum.Fold(state, letter);
            state = Checksum.Fold(state, char.MaxValue);
        }

        return new Resampling(state);
    }

    /// <summary>The median of as many values as there are, drawn with replacement.</summary>
    /// <param name="values">The values; one or more.</param>
    public double MedianOfResample(double[] values)
    {
        Span<double> drawn = values.Length <= 128 ? stackalloc double[values.Length] : new double[values.Length];
        foreach (ref double place in drawn)
            place = values[Next(values.Length)];
        drawn.Sort();
        int middle = drawn.Length / 2;
        return drawn.Length % 2 == 1 ? drawn[middle] : (drawn[middle - 1] + drawn[middle]) / 2;
    }

    /// <summary>The percentile interval of a statistic's resamples; infinite ones count as such.</summary>
    /// <param name="statistics">Its value for every resample; is sorted.</param>
    public static (double Low, double High) Interval(double[] statistics)
    {
        Array.Sort(statistics);
        double tail = (1 - Coverage) / 2;
        int low = (int)Math.Floor(tail * statistics.Length);
        return (statistics[low], statistics[statistics.Length - 1 - low]);
    }

    private int Next(int bound)
    {
        _state = unchecked(_state + 0x9E3779B97F4A7C15);
        // The high half of a 128-bit product: without the bias of a remainder that would matter here.
        return (int)Math.BigMul(Checksum.Mix(_state), (ulong)bound, out _);
    }
}
