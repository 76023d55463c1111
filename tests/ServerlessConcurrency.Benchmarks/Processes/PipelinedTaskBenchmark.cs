using System.Globalization;
using ServerlessConcurrency.Benchmarks.Harness;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Pool;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Benchmarks.Processes;

/// <summary>What an empty task costs under <c>processes</c>, beside the same in Python's <c>multiprocessing.Pool</c>.</summary>
internal sealed class PipelinedTaskBenchmark : Benchmark
{
    private const int Degree = 2;
    private const int Tasks = 100_000;
    private const int PythonTasks = 10_000;

    public override string Name => "pipelined-task";

    public override async Task<IReadOnlyList<BenchmarkRow>> RunAsync(int rounds)
    {
        await using var model = new ProcessesModel(WorkerLaunch.Self(), new WorkloadEnvironment());
        using PythonScript? python = PythonScript.TryStart("python_pool.py", Degree.ToString(CultureInfo.InvariantCulture));
        var workload = new EmptyWorkload();
        async Task<double> Ours() =>
            (await ModelRun.TimeAsync(model, workload, size: 1, Tasks, Degree)).TotalMicroseconds / Tasks;
        Func<Task<double>>[] variants = python is null
            ? [Ours]
            : [Ours, async () => await python.TimeAsync(PythonTasks) * 1e6 / PythonTasks];

        Rounds measured = await Rounds.MeasureAsync(rounds, variants);
        double ours = measured.Median(0);
        double? ratio = python is null ? null : measured.Ratio(1, 0);
        return
        [
            new BenchmarkRow("processes, pipelined empty task", ours, "µs", "", null, null, "at most 6 µs", ours <= 6),
            new BenchmarkRow(
                "processes, pipelined empty task",
                ours,
                "µs",
                "Python Pool.imap_unordered, chunksize 1",
                python is null ? null : measured.Median(1),
                ratio,
                "6 times cheaper",
                ratio is null ? null : ratio >= 6),
        ];
    }
}
