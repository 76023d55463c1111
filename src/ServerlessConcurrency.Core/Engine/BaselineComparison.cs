using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Core.Engine;

/// <summary>
/// Compares what the runs of an experiment computed with the baseline, after they were stored: the first run of
/// <c>sequential</c> in which every task succeeded, or of the first such run of any model where the spec leaves it out. The
/// rows of single tasks are read only where the checksums of whole runs differ.
/// </summary>
public static class BaselineComparison
{
    /// <param name="workloads">The workloads of the spec: those that are not compared are left alone.</param>
    /// <param name="runs">The measured runs, in the order in which they ran, not judged before.</param>
    /// <param name="readTimings">Reads the rows of a run.</param>
    /// <returns>The runs; the tasks that computed something else than the baseline count as failed.</returns>
    public static async Task<IReadOnlyList<RunResult>> JudgeAsync(
        IReadOnlyList<WorkloadSpec> workloads, IReadOnlyList<RunResult> runs, Func<RunResult, Task<IReadOnlyList<TaskTiming>>> readTimings)
    {
        RunResult[] judged = [.. runs];
        foreach (var group in runs.Index().GroupBy(entry => (entry.Item.Workload, entry.Item.Size)))
        {
            if (workloads.Any(workload => (workload.Kind, workload.Size) == group.Key && !workload.IsCompared))
                continue;
            RunResult? baseline = FindBaseline([.. group.Select(entry => entry.Item)]);
            Dictionary<int, ulong>? expected = null;
            foreach ((int index, RunResult run) in group)
            {
                // A run that lacks results has another checksum whatever its other tasks computed.
                if (baseline is null || run.Checksum == baseline.Checksum)
                    continue;
                expected ??= Counted(await readTimings(baseline));
                Dictionary<int, ulong> computed = Counted(await readTimings(run));
                int differing = computed.Count(task => expected.TryGetValue(task.Key, out ulong right) && right != task.Value);
                judged[index] = Judge(run, differing);
            }
        }

        return judged;
    }

    /// <summary>The run as it was before it was compared.</summary>
    internal static RunResult Unjudge(RunResult run) => run.Mismatches == 0 ? run : run with
    {
        Failed = run.Failed - run.Mismatches,
        Mismatches = 0,
        Error = run.Error == DescribeMismatches(run, run.Mismatches) ? null : run.Error,
    };

    /// <summary>Marks a run whose tasks computed something else than the baseline's.</summary>
    internal static RunResult Judge(RunResult run, int differing) => differing == 0 ? run : run with
    {
        Failed = run.Failed + differing,
        Mismatches = differing,
        Error = run.Error ?? DescribeMismatches(run, differing),
    };

    private static string DescribeMismatches(RunResult run, int differing) => $"{differing} of {run.Tasks} checksums differ from the baseline's";

    private static RunResult? FindBaseline(IReadOnlyList<RunResult> runs)
    {
        bool hasSequential = runs.Any(run => run.Model == SequentialModel.ModelId);
        return runs.FirstOrDefault(run => run.Failed == 0 && (!hasSequential || run.Model == SequentialModel.ModelId));
    }

    private static Dictionary<int, ulong> Counted(IReadOnlyList<TaskTiming> timings) => timings
        .Where(timing => timing.Outcome == TaskOutcome.Succeeded)
        .ToDictionary(timing => timing.TaskIndex, timing => timing.Checksum);
}
