using System.Diagnostics;
using MathNet.Numerics.Statistics;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Engine;

/// <summary>Sums a run up: from its task attempts to its record.</summary>
public static class RunSummary
{
    /// <param name="recorder">Every attempt at its tasks.</param>
    /// <param name="wallMs">What the run took, in ms.</param>
    /// <param name="usage">What all its processes used; null where that is not known.</param>
    /// <param name="facts">What the model told beside the attempts; null where nothing.</param>
    /// <returns>The run's record; its checksums are not yet compared with the baseline's.</returns>
    public static RunResult Of(
        PlannedRun planned, TaskRecorder recorder, double wallMs, ResourceUsage? usage, RunFacts? facts = null)
    {
        IReadOnlyList<TaskAttempt> attempts = recorder.Attempts();
        TaskAttempt[] counted = [.. attempts.Where(attempt => attempt.Outcome == TaskOutcome.Succeeded)];
        string? error = recorder.Remaining == 0
            ? null
            : attempts.FirstOrDefault(attempt => attempt.Error is not null).Error ?? "some tasks never ended";
        return new RunResult
        {
            RunId = planned.RunId,
            Round = planned.Round,
            Workload = planned.Workload.Kind,
            Size = planned.Workload.Size,
            Nature = planned.Nature,
            Model = planned.Model,
            Degree = planned.Degree,
            InFlight = planned.InFlight,
            Tasks = planned.Workload.Tasks,
            WallMs = wallMs,
            CpuMs = usage?.CpuTime.TotalMilliseconds,
            ContextSwitches = usage is null or { VoluntarySwitches: null, InvoluntarySwitches: null }
                ? null
                : new ContextSwitches(usage.VoluntarySwitches, usage.InvoluntarySwitches),
            PeakRssBytes = usage?.PeakRssBytes,
            GarbageCollections = usage is null
                ? null
                : new GarbageCollections(usage.Gen0Collections, usage.Gen1Collections, usage.Gen2Collections),
            AllocatedBytes = usage?.AllocatedBytes,
            StorageRequests = usage?.StorageRequests,
            CountsTaskHub = facts?.CountsTaskHub ?? false,
            TaskTimes = TimesOf(counted),
            ProcessStartMs = facts?.ProcessStart?.TotalMilliseconds,
            ProcessesLost = facts?.ProcessesLost ?? 0,
            PoisonMessages = facts?.PoisonMessages ?? 0,
            OrchestrationStartMs = facts?.Orchestration?.StartMs,
            ActivitiesRepeated = facts?.Orchestration?.ActivitiesRepeated ?? 0,
            Turnaround = facts?.Orchestration?.Turnaround,
            Hosts = counted.Select(attempt => attempt.Host).Distinct().Count(),
            HostsFromMs = KnownModels.Get(planned.Model).FansOut ? HostsFrom(recorder.BeganTicks, counted) : null,
            Threads = counted.Select(attempt => (attempt.Host, attempt.ThreadId)).Distinct().Count(),
            Checksum = Checksum.Format(Checksum.Combine(recorder.Checksums())),
            Failed = recorder.Remaining,
            Retried = attempts.Count(attempt => attempt.Attempt > 1),
            Error = error,
        };
    }

    private static TaskTimes? TimesOf(TaskAttempt[] counted)
    {
        if (counted.Length == 0)
            return null;
        return new TaskTimes(
            counted.Select(attempt => Milliseconds(attempt.QueuedTicks, attempt.StartedTicks)).Median(),
            counted.Select(attempt => Milliseconds(attempt.StartedTicks, attempt.FinishedTicks)).Median(),
            counted.Sum(attempt => Milliseconds(attempt.StartedTicks, attempt.FinishedTicks)),
            counted.GroupBy(attempt => attempt.Host).Sum(host => Milliseconds(
                host.Min(attempt => attempt.StartedTicks), host.Max(attempt => attempt.FinishedTicks))));
    }

    // Clocks of different machines are not quite the same.
    private static double[] HostsFrom(long beganTicks, TaskAttempt[] counted) =>
    [
        .. counted.GroupBy(attempt => attempt.Host).Select(host => Math.Max(0, Milliseconds(beganTicks, host.Min(attempt => attempt.StartedTicks)))).Order(),
    ];

    // A TimeSpan would cut it off to 100 ns, which is a lot to a small task.
    private static double Milliseconds(long from, long to) => (to - from) * 1_000.0 / Stopwatch.Frequency;
}
