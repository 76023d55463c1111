using ServerlessConcurrency.Core.Sweeps;

namespace ServerlessConcurrency.Sweeps;

internal sealed record SweepOutcome(SweepDocument Document, bool AllValid, Exception? Failure);
