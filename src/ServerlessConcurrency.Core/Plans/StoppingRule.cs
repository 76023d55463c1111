using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Core.Plans;

/// <summary>
/// How many rounds an experiment has: those its spec asks for; with <see cref="ExperimentSpec.Precision"/> more, until every
/// confidence interval is tight enough, and fewer where the time budget ends. The first round is always measured.
/// </summary>
public static class StoppingRule
{
    /// <summary>Decides on a round.</summary>
    /// <param name="round">The round that would be next, from 1.</param>
    /// <param name="elapsed">The time since the first measured round began.</param>
    public static RoundDecision Decide(ExperimentSpec spec, int round, TimeSpan elapsed)
    {
        if (spec.Precision is null)
            return round <= spec.Rounds ? RoundDecision.Needed : RoundDecision.NotNeeded;
        if (round == 1)
            return RoundDecision.Needed;
        if (elapsed.TotalSeconds >= spec.TimeBudgetSeconds)
            return RoundDecision.NotNeeded;
        return round <= spec.Rounds ? RoundDecision.Needed
            : round <= spec.MaxRounds ? RoundDecision.UnlessPrecise
            : RoundDecision.NotNeeded;
    }
}
