using ServerlessConcurrency.Core.Prices;

namespace ServerlessConcurrency.Core.Costs;

/// <summary>
/// What the requests of a run to a storage account cost, the same on every plan: a general-purpose v2 account with local redundancy, hot tier.
/// Requests that delete blobs are free (Microsoft Learn, "Map each REST operation to a price"); what is stored is not counted.
/// </summary>
public static class StorageCost
{
    private const double RequestsPerUnit = 10_000;

    /// <returns>US dollars; null where a price is not known.</returns>
    public static double? Of(RunUse use, PriceList prices) =>
        ((use.QueueRequests * prices.Find(PriceField.QueueTransactions))
            + (use.TableRequests * prices.Find(PriceField.TableTransactions))
            + (use.BlobWrites * prices.Find(PriceField.BlobWrites))
            + (use.BlobReads * prices.Find(PriceField.BlobReads))) / RequestsPerUnit;
}
