using ServerlessConcurrency.Benchmarks.Harness;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Pool;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Benchmarks.Processes;

/// <summary>How much of two processors CPU-bound tasks of 10 ms make use of: speed-up over <c>sequential</c> by degree.</summary>
internal sealed class CpuEfficiencyBenchmark : Benchmark
{
    private const int Degree = 2;
    private const int Tasks = 64;
    private const double TaskMs = 10;

    public override string Name => "cpu-efficiency";

    public override async Task<IReadOnlyList<BenchmarkRow>> RunAsync(int rounds)
    {
        var workload = new PrimesWorkload();
        long size = Calibration.SizeFor(workload, TaskMs);
        var sequential = new SequentialModel();
        var threads = new ThreadsModel();
        await using var processes = new ProcessesModel(WorkerLaunch.Self(), new WorkloadEnvironment());
        Rounds measured = await Rounds.MeasureAsync(
            rounds,
            [.. new ConcurrencyModel[] { sequential, threads, processes }.Select<ConcurrencyModel, Func<Task<double>>>(
                model => async () => (await ModelRun.TimeAsync(model, workload, size, Tasks, Degree)).TotalMilliseconds)]);
        return [Row(measured, 1, threads), Row(measured, 2, processes)];
    }

    private static BenchmarkRow Row(Rounds measured, int variant, ConcurrencyModel model)
    {
        double efficiency = measured.Ratio(0, variant) / Degree;
        return new BenchmarkRow(
            $"{model.Id}, {Tasks} tasks of {TaskMs} ms: efficiency",
            measured.Median(variant),
            "ms",
            "sequential",
            measured.Median(0),
            efficiency,
            "at least 0.95",
            efficiency >= 0.95);
    }
}
