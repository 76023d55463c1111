using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>A fan-out over several hosts, all of whose tasks were executed by one.</summary>
public sealed class OneHostRule : IFindingRule
{
    public IEnumerable<Finding> Evaluate(ExperimentDocument document) =>
        from kind in WorkloadProfile.ByKind(document)
        let model = KnownModels.Get(kind.Key.Model)
        where model.FansOut
            && kind.All(run => run is { Hosts: 1, Degree: > 1, Tasks: > 1 })
        let run = kind.First()
        select new Finding(
            "one-host",
            FindingSeverity.Warning,
            $"In {kind.Key}, one {(model.RunsOnHosts ? "host" : "process")} executed all {Counted.Of(run.Tasks, "task")} of every run, though the degree is {run.Degree}. "
            + (model.RunsOnHosts
                ? $"Check that other hosts run and {(model.NeedsQueue ? "share the queue" : "share the task hub")}, or give them more or longer tasks."
                : "Give the others more or longer tasks."));
}
