using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Core.Plans;

/// <summary>
/// How many rounds an experiment has: those its spec asks for; with <see cref="ExperimentSpec.Precision"/> more, until every confidence
/// interval is tight enough, and with <see cref="ExperimentSpec.UntilDecided"/> until every recommendation is decided; fewer where the time
/// budget ends. The first round is always measured.
/// </summary>
public static class StoppingRule
{
    /// <summary>How much longer than its <see cref="ExperimentSpec.Rounds"/> an experiment goes on to decide, where it has no time budget.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    // Looking after each round would cost most of the 5 % before there is anything to see.
    private const double Growth = 1.5;

    /// <param name="round">The round that would be next, from 1.</param>
    /// <param name="elapsed">The time since the first measured round began.</param>
    public static RoundDecision Decide(ExperimentSpec spec, int round, TimeSpan elapsed)
    {
        bool mayEnd = spec.Precision is not null || spec.UntilDecided;
        if (!mayEnd)
            return round <= spec.Rounds ? RoundDecision.Needed : RoundDecision.NotNeeded;
        if (round == 1)
            return RoundDecision.Needed;
        if (elapsed.TotalSeconds >= spec.TimeBudgetSeconds)
            return RoundDecision.NotNeeded;
        int done = round - 1;
        if (done < spec.Rounds)
            return RoundDecision.Needed;
        if (done >= spec.MaxRounds || IsOverdue(spec, done, elapsed))
            return RoundDecision.NotNeeded;
        return spec.Precision is not null || Looks(spec).Contains(done) ? RoundDecision.UnlessEnough : RoundDecision.Needed;
    }

    /// <summary>How often it is looked at whether the experiment may end by what it shows, the last time included.</summary>
    /// <returns>1 or more.</returns>
    public static int LooksOf(ExperimentSpec spec) => spec.UntilDecided ? Looks(spec).Count() : 1;

    // After so many rounds; the last one is that of the end, whenever that is.
    private static IEnumerable<int> Looks(ExperimentSpec spec)
    {
        int rounds = Math.Max(spec.Rounds, MedianInterval.SmallestSample);
        for (; rounds < spec.MaxRounds; rounds = (int)Math.Ceiling(rounds * Growth))
            yield return rounds;
        yield return Math.Max(spec.MaxRounds, MedianInterval.SmallestSample);
    }

    // Rounds take about the same time.
    private static bool IsOverdue(ExperimentSpec spec, int done, TimeSpan elapsed) => spec is { UntilDecided: true, TimeBudgetSeconds: null }
        && elapsed * (1 - ((double)spec.Rounds / done)) >= Patience;
}
