namespace ServerlessConcurrency.Claims.EventLoops;

/// <summary>What was measured on one side.</summary>
/// <param name="Rounds">The rounds.</param>
internal sealed record BlockedLoopRounds(IReadOnlyList<BlockedLoopRound> Rounds);
