namespace ServerlessConcurrency.Reporting.Timelines;

/// <summary>Attempts of one thread that do not overlap, by time.</summary>
/// <param name="Number">Which of the thread's lanes it is, from 0.</param>
internal sealed record TimelineLane(string Host, int ThreadId, int Number, IReadOnlyList<TimelineAttempt> Attempts)
{
    /// <summary>What it is called where its host is said: a thread whose id is not known has a question mark.</summary>
    public string Name => $"thread {(ThreadId == 0 ? "?" : ThreadId)}{(Number == 0 ? "" : $" ({Number + 1})")}";
}
