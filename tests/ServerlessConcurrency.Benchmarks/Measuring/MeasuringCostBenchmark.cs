using System.Diagnostics;
using ServerlessConcurrency.Benchmarks.Harness;
using ServerlessConcurrency.Benchmarks.Processes;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Benchmarks.Measuring;

/// <summary>What it costs to measure a task: empty tasks under <c>sequential</c>, less the bare calls.</summary>
internal sealed class MeasuringCostBenchmark : Benchmark
{
    private const int Tasks = 1_000_000;
    private const double TargetNs = 1_000;

    public override string Name => "measuring-cost";

    public override async Task<IReadOnlyList<BenchmarkRow>> RunAsync(int rounds)
    {
        var workload = new EmptyWorkload();
        var model = new SequentialModel();
        Rounds measured = await Rounds.MeasureAsync(
            rounds,
            async () => (await ModelRun.TimeAsync(model, workload, size: 1, Tasks, degree: 1)).TotalNanoseconds / Tasks,
            () => Task.FromResult(TimeBareCalls(workload)));
        double cost = measured.Median(0) - measured.Median(1);
        return
        [
            new BenchmarkRow(
                "measuring a task", cost, "ns", "the bare call", measured.Median(1), null, $"under {TargetNs:N0} ns", cost < TargetNs),
        ];
    }

    private static double TimeBareCalls(Workload workload)
    {
        var execution = new Execution();
        long began = Stopwatch.GetTimestamp();
        for (int index = 0; index < Tasks; index++)
            workload.Execute(new TaskInput(Size: 1, index, Seed: 42), execution);
        return Stopwatch.GetElapsedTime(began).TotalNanoseconds / Tasks;
    }
}
