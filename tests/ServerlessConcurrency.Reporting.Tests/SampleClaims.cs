using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Reporting.Tests;

/// <summary>A plausible experiment of claims: every verdict, every kind of criterion and every kind of chart occurs.</summary>
internal static class SampleClaims
{
    private const string DotNet = ".NET 10.0.12";
    private const string CPython = "CPython 3.11.7";

    public static ClaimsDocument Create()
    {
        ClaimResult[] claims = [Crash(), Switches(), Lock(), Exchange()];
        string[] ids = [.. claims.Select(claim => claim.Id)];
        return new ClaimsDocument
        {
            Id = "20260131-093000-c1ms",
            Status = ExperimentStatus.Completed,
            StartedAt = new DateTimeOffset(2026, 1, 31, 9, 30, 0, TimeSpan.Zero),
            FinishedAt = new DateTimeOffset(2026, 1, 31, 9, 30, 48, TimeSpan.Zero),
            Spec = new ClaimsSpec { Only = ids, Quick = true },
            Environment = new EnvironmentInfo("Debian 13", "Some Processor @ 2.10GHz", 2, DotNet, EngineNames.Local),
            Progress = new ExperimentProgress(claims.Length, claims.Length, null),
            Claims = claims,
        };
    }

    private static ClaimResult Crash()
    {
        ClaimEvidence measured = ClaimEvidence.Decide(
            [
                ClaimCriterion.Always("every other task finishes untouched", 12, 12),
                ClaimCriterion.Always("the lost task is retried on a fresh process", 12, 12),
            ],
            [
                ClaimFigure.Of("tasks that finished, of all", "unhandled exception", "%", ClaimCriterion.ShareOf(96, 96)),
                ClaimFigure.Of("tasks that finished, of all", "killed", "%", ClaimCriterion.ShareOf(95, 96)),
            ],
            "A stack overflow cannot be provoked in CPython 3.11 without an extension; it was left out.");
        return new ClaimResult(
            "C1",
            "A process has its own address space: a fault in one does not disturb the others",
            measured with { Runtime = DotNet, Seconds = 1.93 },
            measured with { Runtime = CPython, Seconds = 2.04 });
    }

    private static ClaimResult Switches() => new(
        "C3",
        "Switching between processes costs more than switching between threads",
        ClaimEvidence.Decide(
            [
                ClaimCriterion.Above("a switch between processes costs more than one between threads", "times", Interval(1.04, 0.93, 1.17), 1),
                ClaimCriterion.Sometimes("a pinned process is switched involuntarily", 3, 8),
            ],
            [
                Figure("time of a switch", "task to task, one thread", "µs", 0.081, 0.079, 0.084),
                Figure("time of a switch", "thread to thread, one core", "µs", 4.21, 4.05, 4.4),
                Figure("time of a switch", "process to process over a pipe, one core", "µs", 5.13, 4.88, 5.6),
                Figure("time of a switch", "process to process over shared memory, unpinned", "µs", 48.2, 31, 92),
            ]) with
        { Runtime = DotNet, Seconds = 2.4 },
        ClaimEvidence.NotMeasurable("needs os.sched_setaffinity, which only Linux has"));

    private static ClaimResult Lock() => new(
        "C4",
        "Under a global interpreter lock, threads give an illusion of parallelism: no speed-up for CPU-bound work",
        Speedup("threads", 1.91, 1.84, 1.97) with { Runtime = DotNet, Seconds = 1.7 },
        Speedup("threads", 0.98, 0.95, 1.01) with { Runtime = CPython, Seconds = 2.1 },
        Speedup("gil-threads", 0.96, 0.94, 0.99) with { Runtime = $"{DotNet}, gil-threads", Seconds = 1.8 });

    private static ClaimResult Exchange() => new(
        "C9",
        "Processes share data over pipes, queues and shared memory",
        ClaimEvidence.Decide(
            [ClaimCriterion.Below("a message of 64 B over a pipe arrives within a millisecond", "µs", Interval(18.2, 17.1, 19.9), 1_000)],
            [
                .. Exchange("pipe", 18, 0.0006), .. Exchange("memory-mapped file", 9, 0.0001), .. Exchange("Unix domain socket", 15, 0.0004),
                .. Exchange("Azure Storage queue", 9_000, 0.01, largest: 65_536),
            ],
            "Azure Storage was measured on the emulator.") with
        { Runtime = DotNet, Seconds = 2.9 },
        ClaimEvidence.Decide(
            [ClaimCriterion.Below("a message of 64 B over a pipe arrives within a millisecond", "µs", Interval(31.2, 29.1, 33.9), 1_000)],
            [.. Exchange("pipe", 31, 0.0008), .. Exchange("memory-mapped file", 22, 0.0002)]) with
        { Runtime = CPython, Seconds = 2.2 });

    private static ClaimEvidence Speedup(string threads, double estimate, double low, double high) => ClaimEvidence.Decide(
        [ClaimCriterion.Below($"{threads} are no faster than sequential", "times", Interval(estimate, low, high), 1.1)],
        [Figure("speed-up over sequential", threads, "times", estimate, low, high) with { Bound = 1.1 }]);

    private static IEnumerable<ClaimFigure> Exchange(string name, double fixedCost, double perByte, double largest = 16 << 20)
    {
        for (double size = 64; size <= largest; size *= 16)
        {
            double time = fixedCost + (perByte * size);
            yield return new ClaimFigure("time of a message over its size in bytes", name, "µs", time, time * 0.9, time * 1.15, size) { Axis = "its size in bytes" };
        }
    }

    private static ClaimFigure Figure(string chart, string name, string unit, double estimate, double low, double high) =>
        new(chart, name, unit, estimate, low, high);

    private static ConfidenceInterval Interval(double estimate, double low, double high) => new(estimate, low, high, 0.95);
}
