using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Measurement;

/// <summary>
/// Counts the requests that this process sends to Azure Storage for the runs of an experiment; what it sends beside them, e.g. to
/// store their results, is not counted. Safe for all threads.
/// </summary>
public static class StorageRequestCounter
{
    private static long s_blobs;
    private static long s_blobWrites;
    private static long s_blobDeletes;
    private static long s_queues;
    private static long s_tables;

    /// <summary>How many requests were sent since the process began.</summary>
    public static StorageRequests Current =>
        new(Interlocked.Read(ref s_blobs), Interlocked.Read(ref s_queues), Interlocked.Read(ref s_tables))
        {
            BlobWrites = Interlocked.Read(ref s_blobWrites),
            BlobDeletes = Interlocked.Read(ref s_blobDeletes),
        };

    public static void CountBlobRead() => Interlocked.Increment(ref s_blobs);

    /// <summary>A request was sent that writes a blob or creates a container.</summary>
    public static void CountBlobWrite()
    {
        Interlocked.Increment(ref s_blobs);
        Interlocked.Increment(ref s_blobWrites);
    }

    public static void CountBlobDelete()
    {
        Interlocked.Increment(ref s_blobs);
        Interlocked.Increment(ref s_blobDeletes);
    }

    public static void CountQueueRequest() => Interlocked.Increment(ref s_queues);

    public static void CountTableRequest() => Interlocked.Increment(ref s_tables);
}
