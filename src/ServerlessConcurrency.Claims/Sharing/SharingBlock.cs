namespace ServerlessConcurrency.Claims.Sharing;

/// <summary>Some messages of a size by a mechanism.</summary>
internal sealed record SharingBlock(string Mechanism, int Bytes, bool Streamed, int Sent, int Intact, double Microseconds);
