namespace ServerlessConcurrency.Claims.Sharing;

/// <summary>Some messages of a size by a mechanism.</summary>
/// <param name="Mechanism">The mechanism.</param>
/// <param name="Bytes">The size of each message.</param>
/// <param name="Streamed">Whether they followed each other without a pause; else each was sent when the one before it had been answered.</param>
/// <param name="Sent">How many were sent.</param>
/// <param name="Intact">How many of them the other process found to be what was sent.</param>
/// <param name="Microseconds">
/// The median time from sending a message until its answer was there; of a stream, the time until all were answered over their number.
/// </param>
internal sealed record SharingBlock(string Mechanism, int Bytes, bool Streamed, int Sent, int Intact, double Microseconds);
