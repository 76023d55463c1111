namespace ServerlessConcurrency.Core.Runs;

/// <summary>Requests to Azure Storage, each of which is billed as a transaction unless it deletes a blob.</summary>
/// <param name="Blobs">To blobs, whatever they do.</param>
/// <param name="Queues">To queues.</param>
/// <param name="Tables">To tables; a batch is one.</param>
public sealed record StorageRequests(long Blobs, long Queues, long Tables)
{
    public static StorageRequests None { get; } = new(0, 0, 0);

    /// <summary>How many of <see cref="Blobs"/> write: they cost some twelve times as much as those that read.</summary>
    public long BlobWrites { get; init; }

    /// <summary>How many of <see cref="Blobs"/> delete: these are free.</summary>
    public long BlobDeletes { get; init; }

    public long Total => Blobs + Queues + Tables;

    public StorageRequests Plus(StorageRequests other) => new(Blobs + other.Blobs, Queues + other.Queues, Tables + other.Tables)
    {
        BlobWrites = BlobWrites + other.BlobWrites,
        BlobDeletes = BlobDeletes + other.BlobDeletes,
    };

    /// <summary>What came on top of an earlier count.</summary>
    public StorageRequests Since(StorageRequests earlier) =>
        new(Blobs - earlier.Blobs, Queues - earlier.Queues, Tables - earlier.Tables)
        {
            BlobWrites = BlobWrites - earlier.BlobWrites,
            BlobDeletes = BlobDeletes - earlier.BlobDeletes,
        };
}
