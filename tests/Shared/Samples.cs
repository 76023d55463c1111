using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Tests;

/// <summary>Experiments to store.</summary>
internal static class Samples
{
    public static DateTimeOffset Start { get; } = new(2026, 1, 31, 9, 30, 0, TimeSpan.Zero);

    public static ExperimentDocument Running(DateTimeOffset? startedAt = null) => new()
    {
        Id = ExperimentId.Create(startedAt ?? Start),
        Status = ExperimentStatus.Running,
        StartedAt = startedAt ?? Start,
        Spec = new ExperimentSpec { Workloads = [new WorkloadSpec("primes", 20_000, 32)], Models = ["sequential", "threads"] },
        Environment = new EnvironmentInfo("Linux", "A processor", 2, ".NET 10", "local"),
        Progress = new ExperimentProgress(1, 12, "round 1: primes 20000 threads"),
    };

    /// <summary>One that waits for its turn.</summary>
    public static ExperimentDocument Pending(DateTimeOffset? startedAt = null) => Running(startedAt) with
    {
        Status = ExperimentStatus.Pending,
        Progress = new ExperimentProgress(0, 12, null),
    };

    public static ExperimentDocument Completed(int runs = 2, DateTimeOffset? startedAt = null) => Running(startedAt) with
    {
        Status = ExperimentStatus.Completed,
        FinishedAt = (startedAt ?? Start).AddMinutes(1),
        Progress = new ExperimentProgress(12, 12, null),
        Runs = [.. Enumerable.Range(1, runs).Select(Run)],
    };

    public static RunResult Run(int round) => new()
    {
        RunId = $"r{round:D3}-primes-threads",
        Round = round,
        Workload = "primes",
        Size = 20_000,
        Model = "threads",
        Degree = 2,
        InFlight = 2,
        Tasks = 250,
        WallMs = 12.5,
        CpuMs = 20.25,
        ContextSwitches = new ContextSwitches(3, 4),
        PeakRssBytes = 1 << 20,
        GarbageCollections = new GarbageCollections(1, 0, 0),
        AllocatedBytes = 4096,
        Hosts = 1,
        Threads = 2,
        Checksum = "00000000deadbeef",
        Failed = 0,
        Retried = 0,
    };

    /// <summary>Rows of a run, in order: the attempt before the last of every hundredth task was lost.</summary>
    public static RunTimings Timings(RunResult run, int tasks) => new(run, [.. Enumerable.Range(0, tasks).SelectMany(task => task % 100 == 99
        ? new[] { Row(task, 1, TaskOutcome.Lost), Row(task, 2, TaskOutcome.Succeeded) }
        : [Row(task, 1, TaskOutcome.Succeeded)])]);

    private static TaskTiming Row(int task, int attempt, TaskOutcome outcome) => new(
        task,
        attempt,
        "machine-4711",
        4711,
        7,
        0.5 * task,
        0.75 * task,
        1.25 * task,
        outcome == TaskOutcome.Succeeded ? ulong.MaxValue - (ulong)task : 0,
        outcome);
}
