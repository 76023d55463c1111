using ServerlessConcurrency.Core.Sweeps;

namespace ServerlessConcurrency.Cli.Sweeps;

internal sealed record SweepOutcome(SweepDocument Document, bool AllValid, Exception? Failure);
