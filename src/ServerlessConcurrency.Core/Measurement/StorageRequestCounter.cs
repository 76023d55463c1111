using ServerlessConcurrency.Core.Experiments;

namespace ServerlessConcurrency.Core.Measurement;

/// <summary>Counts the requests that this process sends to Azure Storage. Safe for all threads.</summary>
public static class StorageRequestCounter
{
    private static long s_blobs;
    private static long s_queues;
    private static long s_tables;

    /// <summary>How many requests were sent since the process began.</summary>
    public static StorageRequests Current =>
        new(Interlocked.Read(ref s_blobs), Interlocked.Read(ref s_queues), Interlocked.Read(ref s_tables));

    /// <summary>A request to blobs was sent.</summary>
    public static void CountBlobRequest() => Interlocked.Increment(ref s_blobs);

    /// <summary>A request to queues was sent.</summary>
    public static void CountQueueRequest() => Interlocked.Increment(ref s_queues);

    /// <summary>A request to tables was sent.</summary>
    public static void CountTableRequest() => Interlocked.Increment(ref s_tables);
}
