using MathNet.Numerics.Distributions;
using ServerlessConcurrency.Core.Analysis;

namespace ServerlessConcurrency.Validation;

/// <summary>
/// The same with simulated times, which depend on the seed alone: each round has a speed of its own (5 %), each run noise of its own
/// (2 %), and one run in twenty is disturbed and takes up to half as long again.
/// </summary>
internal sealed class SimulatedTruthCheck : Check
{
    private const int Trials = 1_000;

    public override string Name => "simulated";

    public override string Subject => "simulated times";

    public override Task<IReadOnlyList<Outcome>> RunAsync(long seed, IProgress<string> progress)
    {
        var random = new Random((int)(seed & int.MaxValue));
        var outcomes = new List<Outcome>();
        foreach (double factor in new[] { 1.0, 1.05, 1.1, 1.2 })
        {
            RunComparison[] comparisons = [.. Enumerable.Range(0, Trials).Select(trial => Compare(random, factor, rounds: factor > 1 ? 12 : 6, seed + trial))];
            int called = comparisons.Count(comparison => Decision.On(comparison.Speedup, comparison.PValue) is Verdict.Faster or Verdict.Slower);
            int covered = comparisons.Count(comparison => comparison.Speedup.Low <= 1 / factor && 1 / factor <= comparison.Speedup.High);
            string what = factor > 1 ? FormattableString.Invariant($"simulated, slowed by {factor - 1:0%}") : "simulated, equal";
            outcomes.Add(Outcome.AtLeast($"{what}: intervals that cover the truth", 0.9, covered, Trials));
            if (factor == 1)
                outcomes.Add(Outcome.AtMost($"{what}: differences called", 0.05, called, Trials));
            else if (factor >= 1.1)
                outcomes.Add(Outcome.AtLeast($"{what}: called slower", 0.9, called, Trials));
        }

        return Task.FromResult<IReadOnlyList<Outcome>>(outcomes);
    }

    private static RunComparison Compare(Random random, double factor, int rounds, long seed)
    {
        double[] speeds = [.. Enumerable.Range(0, rounds).Select(_ => Math.Exp(0.05 * Gauss(random)))];
        double[] plain = [.. speeds.Select(speed => Time(random, 100 * speed))];
        double[] slowed = [.. speeds.Select(speed => Time(random, 100 * factor * speed))];
        return new RunComparison(
            BootstrapInterval.OfMedian([.. plain.Zip(slowed, (reference, time) => reference / time)], seed),
            MannWhitney.PValue(slowed, plain),
            MannWhitney.CliffsDelta(plain, slowed));
    }

    private static double Time(Random random, double undisturbed)
    {
        double time = undisturbed * Math.Exp(0.02 * Gauss(random));
        return random.NextDouble() < 0.05 ? time * (1 + (random.NextDouble() / 2)) : time;
    }

    private static double Gauss(Random random) => Normal.InvCDF(0, 1, 1 - random.NextDouble());
}
