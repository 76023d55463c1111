using ServerlessConcurrency.Core.Sweeps;

namespace ServerlessConcurrency.Cli.Sweeps;

/// <summary>How a sweep ended.</summary>
/// <param name="Failure">Why it failed; null if it did not.</param>
internal sealed record SweepOutcome(SweepDocument Document, bool AllValid, Exception? Failure);
