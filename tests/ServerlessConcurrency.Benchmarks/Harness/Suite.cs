using ServerlessConcurrency.Benchmarks.Processes;

namespace ServerlessConcurrency.Benchmarks.Harness;

/// <summary>Every benchmark. A new one is registered here.</summary>
internal static class Suite
{
    public static IReadOnlyList<Benchmark> All { get; } =
    [
        new PipelinedTaskBenchmark(),
        new RoundTripBenchmark(),
        new CpuEfficiencyBenchmark(),
    ];
}
