using MathNet.Numerics.Statistics;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>
/// Tasks of a fan-out waited longer to be taken than they took, beyond the wait for their turn: with all workers busy, a task waits on
/// average for half of those that come before it on its worker.
/// </summary>
public sealed class QueueWaitRule : IFindingRule
{
    public IEnumerable<Finding> Evaluate(ExperimentDocument document) =>
        from kind in WorkloadProfile.ByKind(document)
        where KnownModels.Get(kind.Key.Model).FansOut
        let runs = kind.Where(run => run.TaskTimes is not null).ToArray()
        where runs.Length > 0
        let wait = runs.Select(run => run.TaskTimes!.MedianWaitMs - ExpectedWait(run)).Median()
        let execution = runs.Select(run => run.TaskTimes!.MedianExecutionMs).Median()
        where wait > execution
        select new Finding(
            "queue-wait",
            FindingSeverity.Info,
            FormattableString.Invariant($"In {kind.Key}, {Overhead(kind.Key.Model)} ({FindingWords.Milliseconds(wait)}) is {wait / execution:#,##0} times the work ({FindingWords.Milliseconds(execution)}): ")
            + FormattableString.Invariant($"send about {Math.Ceiling(wait / execution):#,##0} tasks per {(KnownModels.Get(kind.Key.Model).Dispatch == TaskDispatch.Activity ? "activity" : "message")}."));

    private static string Overhead(string model) =>
        KnownModels.Get(model).Dispatch == TaskDispatch.QueueMessage ? "queue overhead" : "the overhead of handing a task over";

    private static double ExpectedWait(RunResult run) =>
        Math.Max(0, Math.Ceiling((double)run.Tasks / run.Degree) - 1) / 2 * run.TaskTimes!.MedianExecutionMs;
}
