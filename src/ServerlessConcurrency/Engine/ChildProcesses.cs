using System.Globalization;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Engine;

/// <summary>What the child processes and hosts of an experiment take of this machine, which is told before they start.</summary>
internal static class ChildProcesses
{
    /// <summary>About what a host of <c>durable</c> takes, the largest of them.</summary>
    private const long BytesEach = 100L << 20;

    /// <summary>More for each processor are told of.</summary>
    private const int MostForEachProcessor = 4;

    // See proc(5).
    private const string MemoryFile = "/proc/meminfo";
    private const string FreeField = "MemAvailable:";

    /// <summary>Tells it where they are far more than processors, or need more memory than is free.</summary>
    public static void Announce(CliContext context, params IEnumerable<MeasurementSpec> specs)
    {
        int processors = Environment.ProcessorCount;
        if (Describe(specs.OfType<ExperimentSpec>().Select(spec => Count(spec, processors)).DefaultIfEmpty().Max(), processors, FreeBytes()) is { } note)
            context.Note(note);
    }

    private static string? Describe(int count, int processors, long freeBytes)
    {
        bool isTooLarge = count * BytesEach > freeBytes;
        return !isTooLarge && count <= MostForEachProcessor * processors ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"Up to {Counted.Of(count, "child process", "child processes")} on {Counted.Of(processors, "processor")} will need about {Megabytes(count * BytesEach):N0} MB of memory, "
            + $"of which {Megabytes(freeBytes):N0} MB are free{(isTooLarge ? ": some may be ended by the system" : "")}, and a while to start. --degree says how many there are.");
    }

    // Each model keeps its own, and the Durable ones as many for each number of hosts.
    private static int Count(ExperimentSpec spec, int processors) => spec.Models
        .Select(KnownModels.Get)
        .Where(model => model.FansOut)
        .SelectMany(model => spec.Workloads.Select(workload => (
            Crew: model.NeedsTaskHub ? "" : model.Id,
            model.NeedsTaskHub,
            Degree: model.EffectiveDegree(spec.Degree ?? processors, workload.Tasks, spec.InFlight))))
        .GroupBy(use => use.Crew)
        .Sum(crew => crew.First().NeedsTaskHub ? crew.Select(use => use.Degree).Distinct().Sum() : crew.Max(use => use.Degree));

    private static long Megabytes(long bytes) => bytes >> 20;

    // What a container may use, or what is free, if that is less.
    private static long FreeBytes()
    {
        long limit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        string? line = File.Exists(MemoryFile) ? File.ReadLines(MemoryFile).FirstOrDefault(line => line.StartsWith(FreeField, StringComparison.Ordinal)) : null;
        return line is null ? limit : Math.Min(limit, long.Parse(line.AsSpan(FreeField.Length).Trim().TrimEnd(" kB"), NumberStyles.None, CultureInfo.InvariantCulture) << 10);
    }
}
