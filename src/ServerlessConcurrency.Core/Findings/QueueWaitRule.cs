using MathNet.Numerics.Statistics;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>
/// Tasks of a fan-out waited longer to be taken than they took, beyond the wait for their turn: with all workers busy, a task waits on
/// average for half of those that come before it on its worker. Where a share of them is handed over at once, the share is looked at.
/// </summary>
public sealed class QueueWaitRule : IFindingRule
{
    public IEnumerable<Finding> Evaluate(ExperimentDocument document) =>
        from kind in WorkloadProfile.ByKind(document)
        let dispatch = KnownModels.Get(kind.Key.Model).Dispatch
        where dispatch != TaskDispatch.InProcess
        let times = kind.Select(run => dispatch == TaskDispatch.ActivityBatch ? OfShare(run) : OfTask(run)).OfType<(double Wait, double Work)>().ToArray()
        where times.Length > 0
        let wait = times.Select(time => time.Wait).Median()
        let work = times.Select(time => time.Work).Median()
        where wait > work
        select new Finding(
            "queue-wait",
            FindingSeverity.Info,
            FormattableString.Invariant($"In {kind.Key}, {Overhead(dispatch)} ({FindingWords.Milliseconds(wait)}) is {(wait / work < 1.05 ? "as long as" : FormattableString.Invariant($"{wait / work:#,##0.#} times"))} the work ({FindingWords.Milliseconds(work)}): ")
            + Advice(dispatch, Math.Ceiling(wait / work), kind.Max(run => run.Tasks)));

    private static (double Wait, double Work)? OfTask(RunResult run) => run.TaskTimes is { } times
        ? (times.MedianWaitMs - (TurnsBefore(run) * times.MedianExecutionMs), times.MedianExecutionMs)
        : null;

    // A fan-out of activities schedules one when another has ended: only those wait for others for which there is no host.
    private static double TurnsBefore(RunResult run) => Math.Max(0, KnownModels.Get(run.Model).Dispatch == TaskDispatch.Activity
        ? ((double)run.Degree / Math.Max(1, run.Hosts)) - 1
        : (Math.Ceiling((double)run.Tasks / run.Degree) - 1) / 2);

    // A host that executes several shares is at work for longer than for one, which is on the safe side.
    private static (double Wait, double Work)? OfShare(RunResult run) => run is { TaskTimes: { } times, HostsFromMs: { Count: > 0 } from }
        ? (from.Median(), times.HostMs / from.Count)
        : null;

    private static string Overhead(TaskDispatch dispatch) => dispatch switch
    {
        TaskDispatch.QueueMessage => "queue overhead",
        TaskDispatch.ActivityBatch => "the overhead of handing a share of the tasks over",
        _ => "the wait until a task is taken up",
    };

    private static string Advice(TaskDispatch dispatch, double tasks, int ofRun) => dispatch switch
    {
        TaskDispatch.Pipe or TaskDispatch.Activity or TaskDispatch.QueueMessage when tasks > ofRun => "put more work into each task.",
        TaskDispatch.ActivityBatch => "more or longer tasks in a run make up for it.",
        TaskDispatch.Pipe => FormattableString.Invariant($"put the work of about {tasks:#,##0} into one."),
        TaskDispatch.Activity => FormattableString.Invariant($"send about {Counted.Of((long)Math.Round(tasks), "task")} per activity."),
        _ => FormattableString.Invariant($"send about {Counted.Of((long)Math.Round(tasks), "task")} per message."),
    };
}
