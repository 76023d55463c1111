namespace ServerlessConcurrency.Claims.EventLoops;

/// <summary>What was measured on one side.</summary>
internal sealed record BlockedLoopRounds(IReadOnlyList<BlockedLoopRound> Rounds);
