using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Reporting.Timelines;

/// <summary>A task attempt; times in ms since the run began.</summary>
internal readonly record struct TimelineAttempt(double QueuedMs, double BeginMs, double EndMs, TaskOutcome Outcome, bool IsRetry)
{
    public bool IsTroubled => Outcome != TaskOutcome.Succeeded;

    /// <summary>Whether more is known than its end, which of one that was lost may be all.</summary>
    public bool IsKnown => Outcome != TaskOutcome.Lost || BeginMs < EndMs;
}
