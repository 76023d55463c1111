using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Core.Sweeps;

/// <summary>An experiment of a sweep, as it was carried out.</summary>
/// <param name="Status">How it ended; only those that were completed are analysed.</param>
public sealed record SweepExperiment(long Value, string Id, ExperimentStatus Status, int Processors);
