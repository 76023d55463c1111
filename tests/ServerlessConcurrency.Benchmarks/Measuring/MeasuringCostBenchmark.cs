using System.Diagnostics;
using System.Reflection;
using ServerlessConcurrency.Benchmarks.Harness;
using ServerlessConcurrency.Benchmarks.Processes;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.OwnCode;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Benchmarks.Measuring;

/// <summary>What it costs to measure a task, built-in or a user's: empty tasks under <c>sequential</c>, less the bare calls.</summary>
internal sealed class MeasuringCostBenchmark : Benchmark
{
    private const int Tasks = 1_000_000;
    private const double TargetNs = 1_000;

    public override string Name => "measuring-cost";

    public override async Task<IReadOnlyList<BenchmarkRow>> RunAsync(int rounds)
    {
        var builtIn = new EmptyWorkload();
        Workload own = WorkloadAssembly.Load(Assembly.GetEntryAssembly()!.Location).Workloads.Single(workload => workload.Kind == OwnMethod.Name);
        Func<WorkItem, int> method = typeof(OwnMethod).GetMethod(nameof(OwnMethod.Run))!.CreateDelegate<Func<WorkItem, int>>();
        Rounds measured = await Rounds.MeasureAsync(
            rounds,
            () => TimeModelAsync(builtIn),
            () => Task.FromResult(TimeBareCalls(builtIn)),
            () => TimeModelAsync(own),
            () => Task.FromResult(TimeBareCalls(method)));
        return
        [
            Row("measuring a task", "the bare call", measured.Median(0), measured.Median(1)),
            Row("measuring a task of own code", "a loop over the method", measured.Median(2), measured.Median(3)),
        ];
    }

    private static BenchmarkRow Row(string what, string reference, double measuredNs, double bareNs) => new(
        what, measuredNs - bareNs, "ns", reference, bareNs, null, $"under {TargetNs:N0} ns", measuredNs - bareNs < TargetNs);

    private static async Task<double> TimeModelAsync(Workload workload) =>
        (await ModelRun.TimeAsync(new SequentialModel(), workload, size: 1, Tasks, degree: 1)).TotalNanoseconds / Tasks;

    private static double TimeBareCalls(Workload workload)
    {
        var execution = new Execution();
        long began = Stopwatch.GetTimestamp();
        for (int index = 0; index < Tasks; index++)
            workload.Execute(new TaskInput(Size: 1, index, Seed: 42), execution);
        return Stopwatch.GetElapsedTime(began).TotalNanoseconds / Tasks;
    }

    private static double TimeBareCalls(Func<WorkItem, int> method)
    {
        long began = Stopwatch.GetTimestamp();
        for (int index = 0; index < Tasks; index++)
            method(default);
        return Stopwatch.GetElapsedTime(began).TotalNanoseconds / Tasks;
    }
}
