using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Durable.FanOut;

/// <summary>The turn-arounds of a fan-out, added up generation by generation.</summary>
/// <param name="FirstMs">The sum of the means over the first quarters, in ms.</param>
/// <param name="LastMs">The same of the last quarters.</param>
/// <param name="Generations">How many generations are in the sums.</param>
public sealed record TurnaroundSum(double FirstMs, double LastMs, int Generations)
{
    /// <summary>With fewer, a mean of a quarter says little.</summary>
    internal const int FewestOfGeneration = 40;

    /// <param name="turnarounds">Those of a generation in their order, in ms.</param>
    public TurnaroundSum Plus(IReadOnlyList<double> turnarounds)
    {
        if (turnarounds.Count < FewestOfGeneration)
            return this;
        int quarter = turnarounds.Count / 4;
        return new TurnaroundSum(FirstMs + turnarounds.Take(quarter).Average(), LastMs + turnarounds.TakeLast(quarter).Average(), Generations + 1);
    }

    public Turnaround? Mean() => Generations == 0 ? null : new Turnaround(FirstMs / Generations, LastMs / Generations);
}
