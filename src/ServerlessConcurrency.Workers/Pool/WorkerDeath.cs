using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Workers.Pool;

/// <summary>What is known of a worker that has ended before its time.</summary>
/// <param name="Description">How it ended and what it wrote to standard error, on one line.</param>
/// <param name="TimedOut">The task because of which it was killed, as that took too long; null: it died by itself.</param>
/// <param name="Unfinished">The tasks that were with it; the first was under way, or about to be.</param>
/// <param name="StartedTicks">When the first unfinished task began, as far as the parent can tell.</param>
internal sealed record WorkerDeath(
    HostIdentity Host,
    string Description,
    PendingTask? TimedOut,
    IReadOnlyList<PendingTask> Unfinished,
    long StartedTicks,
    long NoticedTicks);
