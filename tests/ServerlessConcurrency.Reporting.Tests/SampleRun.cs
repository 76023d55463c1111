using FsCheck;
using FsCheck.Fluent;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Reporting.Tests;

/// <summary>Single runs with chosen or random rows.</summary>
internal static class SampleRun
{
    /// <summary>Random rows: few hosts and threads, many overlaps, some awkward host ids.</summary>
    public static Gen<TaskTiming> AnyTiming { get; } =
        from task in Gen.Choose(0, 20)
        from attempt in Gen.Choose(1, 3)
        from host in Gen.Elements("lab-1-40", "lab-2-40", "a,b-41", "say \"hi\"-42", "two\nlines-43", "größe-44")
        from thread in Gen.Choose(0, 3)
        from begin in Gen.Choose(-50, 5_000)
        from length in Gen.Choose(0, 900)
        from outcome in Gen.Elements(Enum.GetValues<TaskOutcome>())
        select new TaskTiming(
            task,
            attempt,
            host,
            int.Parse(host[(host.LastIndexOf('-') + 1)..]),
            thread,
            QueuedMs: 0,
            begin / 100.0,
            (begin + length) / 100.0,
            (ulong)task,
            outcome);

    public static RunTimings Of(params TaskTiming[] timings) => Of("r001-01", wallMs: 12.5, timings);

    public static RunTimings Of(string runId, double wallMs, params TaskTiming[] timings) => new(
        new RunResult
        {
            RunId = runId,
            Round = 1,
            Workload = "primes",
            Size = 20_000,
            Model = "threads",
            Degree = 2,
            Tasks = timings.Length,
            WallMs = wallMs,
            CpuMs = 20,
            GarbageCollections = new GarbageCollections(0, 0, 0),
            AllocatedBytes = 0,
            Hosts = 1,
            Threads = 2,
            Checksum = "00000000000000ff",
            Failed = 0,
            Retried = 0,
        },
        timings);

    public static TaskTiming Timing(
        int task = 0, string host = "lab-1-40", int process = 40, int thread = 7, double started = 1, double finished = 2) =>
        new(task, Attempt: 1, host, process, thread, QueuedMs: 0.25, started, finished, 0xABCUL, TaskOutcome.Succeeded);
}
