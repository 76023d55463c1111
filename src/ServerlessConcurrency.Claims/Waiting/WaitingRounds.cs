namespace ServerlessConcurrency.Claims.Waiting;

/// <summary>What was measured on one side.</summary>
/// <param name="Rounds">The rounds.</param>
internal sealed record WaitingRounds(IReadOnlyList<WaitingRound> Rounds);
