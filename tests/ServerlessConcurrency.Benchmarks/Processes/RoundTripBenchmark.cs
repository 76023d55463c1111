using ServerlessConcurrency.Benchmarks.Harness;

namespace ServerlessConcurrency.Benchmarks.Processes;

/// <summary>How long one empty task takes to a worker process and back, beside a bare message over the same kind of pipe.</summary>
internal sealed class RoundTripBenchmark : Benchmark
{
    private const int RoundTrips = 10_000;

    public override string Name => "round-trip";

    public override async Task<IReadOnlyList<BenchmarkRow>> RunAsync(int rounds)
    {
        using var worker = new SingleWorker(EmptyWorkload.Name);
        using var pipe = new RawPipe();
        Rounds measured = await Rounds.MeasureAsync(
            rounds,
            () => Task.FromResult(worker.Time(RoundTrips).TotalMicroseconds / RoundTrips),
            () => Task.FromResult(pipe.Time(RoundTrips).TotalMicroseconds / RoundTrips));
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
}
