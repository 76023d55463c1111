using MathNet.Numerics.Statistics;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>
/// Tasks that compute for less time than it costs to hand them to a worker: the workers' time that no task used, by the number of tasks.
/// </summary>
public sealed class TasksTooSmallRule : IFindingRule
{
    public IEnumerable<Finding> Evaluate(ExperimentDocument document) =>
        from kind in WorkloadProfile.ByKind(document)
        let model = KnownModels.Get(kind.Key.Model)
        // A share of the tasks is handed over at once.
        where model is { ComputesInParallel: true, Dispatch: not TaskDispatch.ActivityBatch }
            && kind.First().Nature == WorkloadNature.CpuBound
            // The start of processes is no handing over.
            && !document.Spec.ColdStart
        let runs = kind.Where(run => run.TaskTimes is not null && run.Tasks >= 2 * run.Degree).ToArray()
        where runs.Length > 0
        let processors = document.Environment.Engine == EngineNames.Local ? document.Environment.Processors : int.MaxValue
        let dispatch = runs.Select(run => Dispatch(run, document.Environment.Processors, processors)).Median()
        let execution = runs.Select(run => run.TaskTimes!.TotalExecutionMs / run.Tasks).Median()
        where dispatch > execution
        select new Finding(
            "tasks-too-small",
            FindingSeverity.Info,
            $"In {kind.Key}, handing a task over ({FindingWords.Milliseconds(dispatch)}) takes {FindingWords.LongerThan(dispatch, execution)} its work ({FindingWords.Milliseconds(execution)}). "
            + "Put more work into each task, or use a model that hands over more cheaply."
            + Worthwhile(dispatch, runs, processors));

    // With h hosts the time is (work + handing over) / h for each task: less than the work alone from handing over / (h - 1) on.
    private static string Worthwhile(double dispatch, RunResult[] runs, int processors)
    {
        int hosts = (int)Math.Min(runs.Select(run => (double)run.Hosts).Median(), processors);
        return KnownModels.Get(runs[0].Model).Dispatch == TaskDispatch.Activity && hosts > 1
            ? FormattableString.Invariant($" With {hosts} hosts it is faster than one task after another from about {FindingWords.Milliseconds(dispatch / (hosts - 1))} of work a task on.")
            : "";
    }

    private static double Dispatch(RunResult run, int processors, int ofHosts)
    {
        // More workers than processors wait for each other, which is no cost of handing over; hosts elsewhere have their own.
        int workers = KnownModels.Get(run.Model).Dispatch == TaskDispatch.Activity ? Math.Clamp(run.Hosts, 1, ofHosts) : Math.Min(run.Degree, processors);
        return ((run.WallMs * workers) - run.TaskTimes!.TotalExecutionMs) / run.Tasks;
    }
}
