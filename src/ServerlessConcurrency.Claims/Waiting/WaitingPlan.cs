namespace ServerlessConcurrency.Claims.Waiting;

internal sealed record WaitingPlan(
    int LoopTasks, int Threads, int WaitMs, int Rounds, int RoundsPerProcess, GatheredWait.Way LoopWaits = GatheredWait.Way.Awaiting)
{
    /// <summary>About 2 s: what a thread costs shows with 200 as well, and starting 10,000 takes too long.</summary>
    public static WaitingPlan Quick { get; } = new(LoopTasks: 10_000, Threads: 200, WaitMs: 50, Rounds: 6, RoundsPerProcess: 6);

    /// <summary>About 20 s; to start 10,000 threads 8 times would take a minute on 2 busy processors.</summary>
    public static WaitingPlan Full { get; } = new(LoopTasks: 10_000, Threads: 2_500, WaitMs: 500, Rounds: 8, RoundsPerProcess: 1);
}
