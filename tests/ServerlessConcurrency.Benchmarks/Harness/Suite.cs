using ServerlessConcurrency.Benchmarks.Durable;
using ServerlessConcurrency.Benchmarks.Measuring;
using ServerlessConcurrency.Benchmarks.Processes;
using ServerlessConcurrency.Benchmarks.Reports;
using ServerlessConcurrency.Benchmarks.Serving;
using ServerlessConcurrency.Benchmarks.Storage;
using ServerlessConcurrency.Benchmarks.Telemetry;
using ServerlessConcurrency.Benchmarks.Waits;

namespace ServerlessConcurrency.Benchmarks.Harness;

/// <summary>Every benchmark. A new one is registered here.</summary>
internal static class Suite
{
    public static IReadOnlyList<Benchmark> All { get; } =
    [
        new PipelinedTaskBenchmark(),
        new RoundTripBenchmark(),
        new CpuEfficiencyBenchmark(),
        new ConcurrentWaitsBenchmark(),
        new MeasuringCostBenchmark(),
        new TelemetryBenchmark(),
        new TimingStorageBenchmark(),
        new ServeLoadBenchmark(),
        new LocalFanOutBenchmark(),
        new DurableFanOutBenchmark(),
        new ReportDrawBenchmark(),
    ];
}
