namespace ServerlessConcurrency.Claims.Sharing;

/// <summary>Some messages of a size by a mechanism.</summary>
/// <param name="Mechanism">One of the constants in .NET; the name in the charts.</param>
/// <param name="Streamed">Whether they were sent without waiting for the answer to each.</param>
/// <param name="Intact">How many arrived as they were sent.</param>
/// <param name="Microseconds">The time of a message and its answer; of a stream, divided by its messages.</param>
internal sealed record SharingBlock(string Mechanism, int Bytes, bool Streamed, int Sent, int Intact, double Microseconds)
{
    public const string Pipe = "anonymous pipe";
    public const string Socket = "Unix domain socket";
    public const string Memory = "memory-mapped file";
    public const string Queue = "Azure Storage queue";
}
