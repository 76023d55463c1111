namespace ServerlessConcurrency.Claims.Sharing;

/// <summary>The mechanisms by which processes share data; the names are those of the charts.</summary>
internal static class SharingMechanism
{
    /// <summary>Two anonymous pipes, one in each direction.</summary>
    public const string Pipe = "anonymous pipe";

    /// <summary>A Unix domain socket.</summary>
    public const string Socket = "Unix domain socket";

    /// <summary>A memory-mapped file, with pipes to announce messages.</summary>
    public const string Memory = "memory-mapped file";

    /// <summary>Two queues of a storage account, one in each direction.</summary>
    public const string Queue = "Azure Storage queue";
}
