namespace ServerlessConcurrency.Claims.Waiting;

/// <summary>What waits, and for how long.</summary>
/// <param name="LoopTasks">How many tasks wait at once without a thread each.</param>
/// <param name="Threads">How many threads wait at once, and as many tasks on a loop to compare them with.</param>
/// <param name="WaitMs">How long each waits, in ms.</param>
/// <param name="Rounds">The rounds, in each of which every variant waits once.</param>
/// <param name="RoundsPerProcess">After how many rounds fresh processes take over.</param>
/// <param name="LoopWaits">How tasks of the event loop wait.</param>
internal sealed record WaitingPlan(
    int LoopTasks, int Threads, int WaitMs, int Rounds, int RoundsPerProcess, LoopWaits LoopWaits = LoopWaits.Awaiting)
{
    /// <summary>About 2 s: what a thread costs shows with 200 as well, and starting 10,000 takes too long.</summary>
    public static WaitingPlan Quick { get; } = new(LoopTasks: 10_000, Threads: 200, WaitMs: 50, Rounds: 6, RoundsPerProcess: 6);

    /// <summary>About 20 s; to start 10,000 threads 8 times would take a minute on 2 busy processors.</summary>
    public static WaitingPlan Full { get; } = new(LoopTasks: 10_000, Threads: 2_500, WaitMs: 500, Rounds: 8, RoundsPerProcess: 1);
}
