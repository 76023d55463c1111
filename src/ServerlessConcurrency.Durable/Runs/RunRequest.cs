using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Durable.Runs;

/// <summary>The input of an activity that carries out a run, or a part of it.</summary>
/// <param name="Document">The experiment, without its runs; its progress counts this run as done.</param>
public sealed record RunRequest(ExperimentDocument Document, PlannedRun Run)
{
    /// <summary>The span of the experiment, as W3C Trace Context writes it; null where it is not traced.</summary>
    public string? Trace { get; init; }

    /// <summary>What the run is for who executes tasks of it. No process sees all of such a run: spans of its tasks are of the experiment's.</summary>
    public RunOrder Order() =>
        Run.Order(Document.Id, Document.Spec) with { Trace = Trace is null ? null : RunTrace.Of(Trace, Run.Workload.Tasks) };
}
