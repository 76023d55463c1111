using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Api.Contracts;

/// <summary>A page of the list of experiments.</summary>
/// <param name="Experiments">The experiments, newest first, without their runs, analysis and findings.</param>
/// <param name="Continuation">What to ask for the next page with; null on the last.</param>
public sealed record ExperimentPage(IReadOnlyList<MeasurementDocument> Experiments, string? Continuation);
