using System.Diagnostics;
using ServerlessConcurrency.Benchmarks.Harness;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Pool;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Benchmarks.Processes;

/// <summary>How long one empty task takes to a worker process and back, beside a bare message over the same kind of pipe.</summary>
internal sealed class RoundTripBenchmark : Benchmark
{
    private const int RoundTrips = 10_000;

    public override string Name => "round-trip";

    public override async Task<IReadOnlyList<BenchmarkRow>> RunAsync(int rounds)
    {
        await using var pool = new ProcessPool(WorkerLaunch.Self(), new WorkloadEnvironment());
        await pool.BeginAsync(new ProcessPoolRun(EmptyWorkload.Name, Size: 1, Seed: 42), degree: 1);
        using var pipe = new RawPipe();
        Rounds measured = await Rounds.MeasureAsync(
            rounds,
            async () => await TimeAsync(pool) / RoundTrips,
            () => Task.FromResult(pipe.Time(RoundTrips).TotalMicroseconds / RoundTrips));
        await pool.EndAsync();
        double ratio = measured.Ratio(0, 1);
        return
        [
            new BenchmarkRow(
                "processes, round trip of one empty task",
                measured.Median(0),
                "µs",
                "raw pipe",
                measured.Median(1),
                ratio,
                "at most 2 times",
                ratio <= 2),
        ];
    }

    private static async Task<double> TimeAsync(ProcessPool pool)
    {
        long began = Stopwatch.GetTimestamp();
        for (int index = 0; index < RoundTrips; index++)
            await pool.ExecuteAsync(index);
        return Stopwatch.GetElapsedTime(began).TotalMicroseconds;
    }
}
