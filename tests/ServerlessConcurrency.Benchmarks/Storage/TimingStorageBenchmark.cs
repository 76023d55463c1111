using System.Diagnostics;
using System.Globalization;
using Azure.Storage.Blobs;
using ServerlessConcurrency.Benchmarks.Harness;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Azurite;
using ServerlessConcurrency.Storage.Experiments;
using ServerlessConcurrency.Storage.Timings;

namespace ServerlessConcurrency.Benchmarks.Storage;

/// <summary>
/// What it takes to keep timings, on Azurite: a run of 100,000 beside a bare upload of the same bytes, an experiment of a million by the program itself
/// beside the same without storage, their export, and runs whose tasks are dispatched one by one.
/// </summary>
internal sealed class TimingStorageBenchmark : Benchmark
{
    private const int Tasks = 100_000;
    private const int Runs = 10;
    private const int DispatchedTasks = 20_000;

    private int _runs;

    public override string Name => "timing-storage";

    public override async Task<IReadOnlyList<BenchmarkRow>> RunAsync(int rounds)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("sconc-bench-");
        try
        {
            await using AzuriteInstance azurite = await AzuriteInstance.AcquireOwnAsync(folder.FullName);
            await using var store = new AzureExperimentStore(StorageAccount.Parse(azurite.ConnectionString));
            await store.PrepareAsync();
            var program = new Sconc(folder.FullName, azurite.ConnectionString);
            // A program each, and gigabytes in all: fewer rounds tell enough.
            int few = Math.Max(1, rounds / 3);
            return
            [
                await StoreAsync(store, StorageAccount.Parse(azurite.ConnectionString).Blobs.GetBlobContainerClient("bare"), rounds),
                .. await ExperimentAsync(store, program, few),
                await DispatchedAsync(store, program, "durable-batch", few),
                await DispatchedAsync(store, program, "queue", 1),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<BenchmarkRow> StoreAsync(AzureExperimentStore store, BlobContainerClient bare, int rounds)
    {
        await bare.CreateIfNotExistsAsync();
        string id = ExperimentId.Create(DateTimeOffset.UtcNow);
        RunTimings run = NewRun(Tasks);
        byte[] bytes = await EncodeAsync(id, run);
        Rounds measured = await Rounds.MeasureAsync(
            rounds,
            () => SecondsAsync(() => store.AppendAsync(id, run with { Run = run.Run with { RunId = NewId() } })),
            () => SecondsAsync(() => bare.GetBlobClient(NewId()).UploadAsync(new MemoryStream(bytes))));
        double speed = measured.Ratio(1, 0);
        return new BenchmarkRow(
            $"{Tasks:N0} timings stored",
            measured.Median(0),
            "s",
            string.Create(CultureInfo.InvariantCulture, $"a bare upload of their {bytes.Length / 1024.0 / 1024.0:0.0} MiB"),
            measured.Median(1),
            speed,
            "at least 0.5 of its speed, under 2 s",
            speed >= 0.5 && measured.Median(0) < 2);
    }

    private static async Task<IReadOnlyList<BenchmarkRow>> ExperimentAsync(AzureExperimentStore store, Sconc program, int rounds)
    {
        string[] run = ["run", "-w", $"primes:1:{Tasks}", "-m", "sequential", "--rounds", $"{Runs}", "--warmup-rounds", "0", "--quiet"];
        double peak = 0;
        Rounds measured = await Rounds.MeasureAsync(
            rounds,
            async () =>
            {
                SconcRun stored = await program.RunAsync([.. run, "--connection", program.Connection]);
                peak = Math.Max(peak, stored.PeakMegabytes);
                return stored.Seconds;
            },
            async () => (await program.RunAsync([.. run, "--connection", "none"])).Seconds);
        double ratio = measured.Ratio(0, 1);
        MeasurementDocument newest = await store.ListAsync().FirstAsync();
        await program.RunAsync(["run", "-w", "primes:1:1", "-m", "sequential", "--rounds", "1", "--warmup-rounds", "0", "--quiet", "--connection", program.Connection]);
        MeasurementDocument small = await store.ListAsync().FirstAsync();
        return
        [
            new($"{Tasks * Runs:N0} timings measured and stored", measured.Median(0), "s", "the same without storage", measured.Median(1), ratio, "at most 1.2 of its time", ratio <= 1.2),
            new("its memory", peak, "MB", "", null, null, "under 400", peak < 400),
            .. await ExportAsync(program, newest.Id, small.Id, "csv", rounds),
            .. await ExportAsync(program, newest.Id, small.Id, "parquet", rounds),
        ];
    }

    private static async Task<IReadOnlyList<BenchmarkRow>> ExportAsync(Sconc program, string id, string smallId, string format, int rounds)
    {
        double peak = 0;
        string[] options = ["--format", format, "--output", $"timings.{format}", "--connection", program.Connection, "--quiet"];
        Rounds measured = await Rounds.MeasureAsync(
            rounds,
            async () =>
            {
                SconcRun exported = await program.RunAsync(["export", id, .. options]);
                peak = Math.Max(peak, exported.PeakMegabytes);
                return exported.Seconds;
            },
            async () => (await program.RunAsync(["export", smallId, .. options])).Seconds);
        double rate = Tasks * Runs / (measured.Median(0) - measured.Median(1));
        return
        [
            new($"exported as {format}, less an export of one row", rate, "rows/s", "", null, null, "over 1,000,000", rate > 1_000_000),
            new($"memory of exporting {format}", peak, "MB", "", null, null, "under 200", peak < 200),
        ];
    }

    private static async Task<BenchmarkRow> DispatchedAsync(AzureExperimentStore store, Sconc program, string model, int rounds)
    {
        await program.RunAsync(
            ["run", "-w", $"primes:1:{DispatchedTasks}", "-m", model, "--rounds", $"{rounds}", "--warmup-rounds", "0", "--quiet", "--connection", program.Connection]);
        MeasurementDocument newest = await store.ListAsync().FirstAsync();
        var document = (ExperimentDocument)(await store.FindAsync(newest.Id))!;
        double wall = Middle([.. document.Runs.Select(run => run.WallMs / 1000)]);
        RunTimings run = await store.ReadTimingsAsync(document).FirstAsync();
        var seconds = new List<double>();
        for (int round = 0; round < 5; round++)
            seconds.Add(await SecondsAsync(() => store.AppendAsync(document.Id, run)));
        double stored = Middle(seconds);
        return new BenchmarkRow(
            $"{model} with {DispatchedTasks:N0} tasks stored", stored, "s", "the run", wall, stored / wall, "at most 0.1 of its time", stored <= wall / 10);
    }

    private static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static async Task<double> SecondsAsync(Func<Task> action)
    {
        long began = Stopwatch.GetTimestamp();
        await action();
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task<byte[]> EncodeAsync(string id, RunTimings run)
    {
        using var file = new MemoryStream();
        await using (var writer = new TimingsParquetWriter(id, file))
            await writer.WriteAsync(run);
        return file.ToArray();
    }

    private string NewId() => string.Create(CultureInfo.InvariantCulture, $"r{++_runs:D4}-001");

    // Times and checksums as of a real run: those cannot be compressed away.
    private static RunTimings NewRun(int tasks)
    {
        var random = new Random(7);
        double now = 0;
        return new RunTimings(
            new RunResult
            {
                RunId = "r0001-001",
                Round = 1,
                Workload = "primes",
                Size = 1,
                Model = "threads",
                Degree = 2,
                Tasks = tasks,
                WallMs = 1,
                CpuMs = 1,
                GarbageCollections = new GarbageCollections(0, 0, 0),
                AllocatedBytes = 0,
                Hosts = 1,
                Threads = 2,
                Checksum = "0",
                Failed = 0,
                Retried = 0,
            },
            [
                .. Enumerable.Range(0, tasks).Select(task => new TaskTiming(
                    task, 1, "machine-4711", 4711, random.Next(8, 10), 0.0125, now, now += random.NextDouble() / 100, (ulong)random.NextInt64(), TaskOutcome.Succeeded)),
            ]);
    }
}
