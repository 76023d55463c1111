using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Plans;

namespace ServerlessConcurrency.Durable.Runs;

/// <summary>The input of an activity that carries out a run, or a part of it.</summary>
/// <param name="Document">The experiment, without its runs; its progress counts this run as done.</param>
public sealed record RunRequest(ExperimentDocument Document, PlannedRun Run);
