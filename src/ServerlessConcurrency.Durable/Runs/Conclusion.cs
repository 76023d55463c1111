using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Durable.Runs;

/// <summary>The input of <see cref="AnalyzeExperiment"/> and <see cref="CheckEvidence"/>.</summary>
/// <param name="Rounds">How many measured rounds have begun.</param>
public sealed record Conclusion(MeasurementDocument Document, int Rounds);
