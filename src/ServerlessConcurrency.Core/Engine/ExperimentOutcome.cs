using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Core.Engine;

/// <summary>How an experiment ended.</summary>
/// <param name="Document">Everything that was measured, also after cancellation or failure.</param>
/// <param name="Failure">Why it, or the keeping of it, failed; null if neither did.</param>
public sealed record ExperimentOutcome(ExperimentDocument Document, Exception? Failure);
