namespace ServerlessConcurrency.Claims.Waiting;

/// <summary>What was measured on one side.</summary>
internal sealed record WaitingRounds(IReadOnlyList<WaitingRound> Rounds);
