namespace ServerlessConcurrency.Claims.Switching;

/// <summary>A block of round trips of the token.</summary>
/// <param name="Round">The round, in which a kind has one block at most.</param>
/// <param name="Voluntary">How often a player stopped to wait, per round trip; null where that is not counted.</param>
/// <param name="Involuntary">How often a player was stopped for another, per round trip; null where that is not counted.</param>
internal sealed record SwitchingBlock(
    string Kind,
    bool Pinned,
    int Round,
    double Nanoseconds,
    double? Voluntary,
    double? Involuntary);
