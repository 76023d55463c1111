using ServerlessConcurrency.Benchmarks.Harness;
using ServerlessConcurrency.Benchmarks.Processes;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Durable.Hub;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Azurite;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Benchmarks.Durable;

/// <summary>
/// Durable on the local engine: empty activities beside a bare fan-out of the same framework on as many hosts and the same Azurite, in turn; and how
/// much of two processors CPU-bound tasks make use of.
/// </summary>
internal sealed class LocalFanOutBenchmark : Benchmark
{
    private const int Hosts = 2;
    private const int Tasks = 64;
    private const double TaskMs = 100;
    private const double TargetRatio = 0.9;

    public override string Name => "local-fan-out";

    public override async Task<IReadOnlyList<BenchmarkRow>> RunAsync(int rounds)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("sconc-bench-");
        try
        {
            await using AzuriteInstance azurite = await AzuriteInstance.AcquireOwnAsync(folder.FullName);
            StorageAccount account = StorageAccount.Parse(azurite.ConnectionString);
            var environment = new WorkloadEnvironment { StorageConnection = azurite.ConnectionString };
            return
            [
                await EmptyAsync(account, environment, 100, rounds),
                // The bare fan-out of 1,000 takes long on a busy machine.
                await EmptyAsync(account, environment, 1_000, Math.Max(1, rounds / 3)),
                .. await EfficiencyAsync(account, environment, Math.Max(1, rounds / 3)),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<BenchmarkRow> EmptyAsync(StorageAccount account, WorkloadEnvironment environment, int tasks, int rounds)
    {
        await using BareHosts bare = await BareHosts.StartAsync(account, environment, Hosts);
        await using var hosts = new DurableHosts(account, WorkerLaunch.Self(), environment) { MostHosts = Hosts };
        var model = new DurableModel(KnownModels.Durable, hosts);
        Rounds rates = await Rounds.MeasureAsync(
            rounds,
            async () => tasks / (await ModelRun.TimeAsync(model, new EmptyWorkload(), 1, tasks, Math.Min(tasks, ModelTraits.MostDegree))).TotalSeconds,
            async () => tasks / await bare.RunAsync(new BareRun(tasks, Size: 0)));
        double ratio = rates.Ratio(0, 1);
        return new BenchmarkRow(
            FormattableString.Invariant($"durable here, {tasks:N0} empty activities, {Hosts} hosts"),
            rates.Median(0),
            "tasks/s",
            "a bare fan-out",
            rates.Median(1),
            ratio,
            FormattableString.Invariant($"at least {TargetRatio} of it"),
            ratio >= TargetRatio);
    }

    private static async Task<IReadOnlyList<BenchmarkRow>> EfficiencyAsync(StorageAccount account, WorkloadEnvironment environment, int rounds)
    {
        var workload = new PrimesWorkload();
        long size = Calibration.SizeFor(workload, TaskMs);
        await using var hosts = new DurableHosts(account, WorkerLaunch.Self(), environment) { MostHosts = Hosts };
        (ConcurrencyModel Model, int Degree, double Target)[] variants =
        [
            (new SequentialModel(), 1, 1),
            (new DurableModel(KnownModels.Durable, hosts), Hosts, 0.8),
            (new DurableModel(KnownModels.Durable, hosts), 2 * Hosts, 0.8),
            (new DurableModel(KnownModels.DurableBatch, hosts), Hosts, 0.9),
        ];
        await using BareHosts bare = await BareHosts.StartAsync(account, environment, Hosts);
        Rounds times = await Rounds.MeasureAsync(
            rounds,
            [
                .. variants.Select<(ConcurrencyModel Model, int Degree, double Target), Func<Task<double>>>(
                    variant => async () => (await ModelRun.TimeAsync(variant.Model, workload, size, Tasks, variant.Degree)).TotalMilliseconds),
                async () => 1_000 * await bare.RunAsync(new BareRun(Tasks, size)),
            ]);
        return
        [
            .. variants.Index().Skip(1).Select(variant => Row(
                variant.Index, $"{variant.Item.Model.Id} here, {Tasks} tasks of {TaskMs} ms, {Hosts} hosts, degree {variant.Item.Degree}", variant.Item.Target)),
            Row(variants.Length, $"a bare fan-out of them, {Hosts} hosts", null),
        ];

        BenchmarkRow Row(int index, string what, double? target)
        {
            double efficiency = times.Ratio(0, index) / Hosts;
            return new BenchmarkRow(
                $"{what}: efficiency",
                times.Median(index),
                "ms",
                "sequential",
                times.Median(0),
                efficiency,
                target is null ? "none" : FormattableString.Invariant($"at least {target}"),
                target is null ? null : efficiency >= target);
        }
    }
}
