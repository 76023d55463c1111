using System.Globalization;
using Azure.Storage.Blobs;
using ServerlessConcurrency;

return await ConcurrencyLab.RunAsync(args);

/// <summary>A day's sales in, the turnover of each shop out, into a blob: computing and waiting in turn.</summary>
public sealed class Orders : IWorkloadSetup
{
    private const int Shops = 50;

    private readonly BlobContainerClient _container = new(
        Environment.GetEnvironmentVariable("ORDERS_STORAGE") ?? "UseDevelopmentStorage=true",
        "turnover",
        new BlobClientOptions(BlobClientOptions.ServiceVersion.V2025_01_05));

    public Task SetupAsync(CancellationToken cancellationToken) => _container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);

    [Workload("turnover", SizeUnit = "rows")]
    public async Task<SortedDictionary<string, decimal>> SumAsync(WorkItem item, CancellationToken cancellationToken)
    {
        // In place of a file from somewhere: what a day sold follows from its number.
        string csv = Csv(item);
        var turnover = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
        foreach (string line in csv.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] fields = line.Split(',');
            decimal amount = int.Parse(fields[1], CultureInfo.InvariantCulture) * decimal.Parse(fields[2], CultureInfo.InvariantCulture);
            turnover[fields[0]] = turnover.GetValueOrDefault(fields[0]) + amount;
        }

        await _container.GetBlobClient($"day-{item.Index}.json").UploadAsync(BinaryData.FromObjectAsJson(turnover), overwrite: true, cancellationToken);
        return turnover;
    }

    private static string Csv(WorkItem item)
    {
        var random = new Random((int)item.Seed + item.Index);
        var csv = new StringWriter(CultureInfo.InvariantCulture);
        for (long row = 0; row < item.Size; row++)
            csv.Write(FormattableString.Invariant($"shop-{random.Next(Shops)},{random.Next(1, 20)},{random.Next(100, 9_999) / 100m}\n"));
        return csv.ToString();
    }
}
