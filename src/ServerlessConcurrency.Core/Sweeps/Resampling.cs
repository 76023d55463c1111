using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Sweeps;

/// <summary>Bootstrap resamples of the rounds of several experiments, for statistics that are made from all of them.</summary>
internal sealed class Resampling(ulong seed)
{
    /// <summary>How often a statistic is computed anew.</summary>
    public const int Resamples = BootstrapInterval.Resamples;

    /// <summary>The probability with which an interval is to cover the truth.</summary>
    public const double Coverage = BootstrapInterval.Coverage;

    private readonly SeededSampling _sampling = new((long)seed);

    /// <summary>A source of its own for one question, so that the answers to others do not depend on it.</summary>
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
        _sampling.Draw(values, drawn);
        drawn.Sort();
        int middle = drawn.Length / 2;
        return drawn.Length % 2 == 1 ? drawn[middle] : (drawn[middle - 1] + drawn[middle]) / 2;
    }

    /// <summary>The expanded percentile interval of a statistic, see <see cref="BootstrapInterval"/>; infinite values count as such.</summary>
    /// <param name="statistics">Its value for every resample; is sorted.</param>
    /// <param name="rounds">How many values each sample had, the fewest of them; one alone leaves the interval without width.</param>
    public static (double Low, double High) Interval(double[] statistics, int rounds)
    {
        Array.Sort(statistics);
        int low = rounds < 2 ? 0 : (int)Math.Floor(BootstrapInterval.Tail(rounds) * statistics.Length);
        return (statistics[low], statistics[statistics.Length - 1 - low]);
    }
}
