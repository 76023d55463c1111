using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Durable.Runs;

/// <summary>What only whoever carried a run out as a whole knows of it.</summary>
/// <param name="WallMs">What it took, in ms.</param>
/// <param name="Usage">What its hosts used; null where that is not known.</param>
/// <param name="FirstError">What went wrong first with a task that never succeeded; null if nothing did.</param>
/// <param name="ProcessesLost">
/// How many processes died while they executed the run, as far as that is known: one for each activity that did not come back.
/// </param>
/// <param name="Orchestration">What its orchestration tells of itself.</param>
public sealed record RunTotals(
    double WallMs, ResourceUsage? Usage, string? FirstError, int ProcessesLost = 0, OrchestrationFacts? Orchestration = null);
