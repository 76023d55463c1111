using MathNet.Numerics.Statistics;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>Blocking tasks on the thread pool, which adds threads only slowly, so that far fewer were under way than allowed.</summary>
public sealed class ThreadPoolStarvationRule : IFindingRule
{
    private const double Starved = 0.5;

    public IEnumerable<Finding> Evaluate(ExperimentDocument document) =>
        from kind in WorkloadProfile.ByKind(document)
        let run = kind.First()
        let allowed = Math.Min(run.Degree, run.Tasks)
        where KnownModels.Get(kind.Key.Model).Wait == TaskWait.BlocksPoolThread
            && allowed > document.Environment.Processors
            && run.Nature == WorkloadNature.IoBound
        let underWay = kind.Where(each => each.TaskTimes is not null).Select(each => each.TaskTimes!.TotalExecutionMs / each.WallMs).DefaultIfEmpty(allowed).Median()
        where underWay < Starved * allowed
        select new Finding(
            "thread-pool-starvation",
            FindingSeverity.Info,
            FormattableString.Invariant($"In {kind.Key}, {underWay:0.0} of {allowed} tasks were under way on average: blocking tasks hold the pool's threads, and it ")
            + "adds new ones slowly. Await (model async), use threads of their own, or raise ThreadPool.SetMinThreads.");
}
