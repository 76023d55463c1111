using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Engine;

/// <summary>What is left of an experiment that was interrupted.</summary>
/// <param name="Document">The experiment with the runs that were stored.</param>
/// <param name="Timings">Their rows.</param>
/// <param name="TakenOver">Called when the sinks have all of them.</param>
public sealed record InterruptedExperiment(ExperimentDocument Document, IAsyncEnumerable<RunTimings> Timings, Action TakenOver);
