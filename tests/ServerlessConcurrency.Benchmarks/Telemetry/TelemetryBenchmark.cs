using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using ServerlessConcurrency.Benchmarks.Harness;
using ServerlessConcurrency.Benchmarks.Processes;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Telemetry;

namespace ServerlessConcurrency.Benchmarks.Telemetry;

/// <summary>
/// What telemetry adds to an empty task under <c>sequential</c>: experiments in turn without a listener and with the SDK of OpenTelemetry, which sends
/// nowhere.
/// </summary>
internal sealed class TelemetryBenchmark : Benchmark
{
    private const int Tasks = 100_000;
    private const double TargetNs = 1_000;

    public override string Name => "telemetry";

    public override async Task<IReadOnlyList<BenchmarkRow>> RunAsync(int rounds)
    {
        Rounds measured = await Rounds.MeasureAsync(
            rounds,
            async () => (await TimeAsync(Tasks)).InRun,
            () => WithSdkAsync(async () => (await TimeAsync(Tasks)).InRun),
            async () => (await TimeAsync(Tasks)).Around,
            () => WithSdkAsync(async () => (await TimeAsync(Tasks)).Around),
            async () => (await TimeAsync(RunTrace.MostSpans)).InRun,
            () => WithSdkAsync(async () => (await TimeAsync(RunTrace.MostSpans)).InRun));
        return
        [
            Row("telemetry, a task of 100,000 in its run", measured.Median(1), measured.Median(0), TargetNs),
            Row("telemetry, a task of 100,000 after its run", measured.Median(3), measured.Median(2), TargetNs),
            Row("telemetry, a task with a span in its run", measured.Median(5), measured.Median(4), target: null),
        ];
    }

    private static BenchmarkRow Row(string what, double onNs, double offNs, double? target) => new(
        what, onNs - offNs, "ns", "without telemetry", offNs, null, target is null ? "" : $"under {target:N0} ns", target is null ? null : onNs - offNs < target);

    private static async Task<double> WithSdkAsync(Func<Task<double>> measure)
    {
        using TracerProvider spans = Sdk.CreateTracerProviderBuilder()
            .AddSource(MeasurementTelemetry.Name).AddProcessor(new BatchActivityExportProcessor(new Nowhere<Activity>())).Build();
        using MeterProvider metrics = Sdk.CreateMeterProviderBuilder()
            .AddMeter(MeasurementTelemetry.Name).AddReader(new BaseExportingMetricReader(new Nowhere<Metric>())).Build();
        return await measure();
    }

    /// <returns>What a task takes in ns: within its run, and in all that is done around that.</returns>
    private static async Task<(double InRun, double Around)> TimeAsync(int tasks)
    {
        await using var models = new ModelCatalog([new SequentialModel()]);
        var runner = new ExperimentRunner(new([new EmptyWorkload()]), models, [], TimeProvider.System);
        var spec = new ExperimentSpec
        {
            Workloads = [new WorkloadSpec(EmptyWorkload.Name, 1, tasks)],
            Models = [SequentialModel.ModelId],
            Rounds = 1,
            WarmupRounds = 1,
            MinRunMs = 0,
        };
        long began = Stopwatch.GetTimestamp();
        ExperimentOutcome outcome = await runner.RunAsync(
            ExperimentId.Create(DateTimeOffset.UtcNow), spec, MachineInfo.Describe(EngineNames.Local), progress: null, CancellationToken.None);
        double all = Stopwatch.GetElapsedTime(began).TotalNanoseconds;
        double run = outcome.Document.Runs.Single().WallMs * 1_000_000;
        return (run / tasks, (all - run) / tasks);
    }

    private sealed class Nowhere<T> : BaseExporter<T>
        where T : class
    {
        public override ExportResult Export(in Batch<T> batch) => ExportResult.Success;
    }
}
