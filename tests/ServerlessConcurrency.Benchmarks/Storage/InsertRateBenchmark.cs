using System.Diagnostics;
using Azure.Data.Tables;
using ServerlessConcurrency.Benchmarks.Harness;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Azurite;
using ServerlessConcurrency.Storage.Experiments;

namespace ServerlessConcurrency.Benchmarks.Storage;

/// <summary>
/// Rows of table <c>timings</c> written a second, beside a bare loop that inserts the same rows into the same table in
/// transactions of 100, one after another.
/// </summary>
internal sealed class InsertRateBenchmark : Benchmark
{
    private const int Rows = 2_000;
    private const int TransactionSize = 100;
    private const double TargetRatio = 0.9;

    private int _partitions;

    public override string Name => "insert-rate";

    public override async Task<IReadOnlyList<BenchmarkRow>> RunAsync(int rounds)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("sconc-bench-");
        try
        {
            await using AzuriteInstance azurite = await AzuriteInstance.AcquireOwnAsync(folder.FullName);
            StorageAccount account = StorageAccount.Parse(azurite.ConnectionString);
            await using var store = new AzureExperimentStore(account);
            TableClient table = account.Tables.GetTableClient("timings");
            string id = ExperimentId.Create(DateTimeOffset.UtcNow);
            await StoreAsync(store, id);
            TableEntity[] rows = await table.QueryAsync<TableEntity>().ToArrayAsync();
            Rounds measured = await Rounds.MeasureAsync(rounds, () => StoreAsync(store, id), () => InsertAsync(table, rows));
            double ratio = measured.Ratio(0, 1);
            return
            [
                new BenchmarkRow(
                    "rows stored", measured.Median(0), "rows/s", "a bare batched insert", measured.Median(1), ratio,
                    "at least 0.9 of it", ratio >= TargetRatio),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<double> StoreAsync(AzureExperimentStore store, string id)
    {
        var run = new RunTimings(NewRun($"r{++_partitions:D4}-001"), [.. Enumerable.Range(0, Rows).Select(NewTiming)]);
        long began = Stopwatch.GetTimestamp();
        await store.AppendAsync(id, run);
        return Rows / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private async Task<double> InsertAsync(TableClient table, TableEntity[] rows)
    {
        string partition = $"bare_{++_partitions:D4}";
        TableTransactionAction[][] transactions =
        [
            .. rows.Select(row => new TableTransactionAction(
                TableTransactionActionType.Add, new TableEntity(Columns(row)) { PartitionKey = partition }))
                .Chunk(TransactionSize),
        ];
        long began = Stopwatch.GetTimestamp();
        foreach (TableTransactionAction[] transaction in transactions)
            await table.SubmitTransactionAsync(transaction);
        return Rows / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static Dictionary<string, object> Columns(TableEntity row) => row
        .Where(column => column.Key is not ("odata.etag" or "Timestamp"))
        .ToDictionary(column => column.Key, column => column.Value);

    private static TaskTiming NewTiming(int index) => new(
        index, Attempt: 1, "machine-4711", ProcessId: 4711, ThreadId: 9, QueuedMs: 0, index + 0.125, index + 0.875,
        Checksum: 0x1234_5678_9ABC_DEF0, TaskOutcome.Succeeded);

    private static RunResult NewRun(string runId) => new()
    {
        RunId = runId,
        Round = 1,
        Workload = "primes",
        Size = 20_000,
        Model = "threads",
        Degree = 2,
        Tasks = Rows,
        WallMs = 1,
        CpuMs = 1,
        GarbageCollections = new GarbageCollections(0, 0, 0),
        AllocatedBytes = 0,
        Hosts = 1,
        Threads = 2,
        Checksum = "0",
        Failed = 0,
        Retried = 0,
    };
}
