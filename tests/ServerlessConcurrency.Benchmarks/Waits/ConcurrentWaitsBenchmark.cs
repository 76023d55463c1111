using ServerlessConcurrency.Benchmarks.Harness;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Benchmarks.Waits;

/// <summary>10,000 waits of 100 ms at once under the awaiting models, beside the same in Python's asyncio.</summary>
internal sealed class ConcurrentWaitsBenchmark : Benchmark
{
    private const int Tasks = 10_000;
    private const int WaitMs = 100;
    private const double TargetMs = 115;

    public override string Name => "concurrent-waits";

    public override async Task<IReadOnlyList<BenchmarkRow>> RunAsync(int rounds)
    {
        using PythonScript? python = PythonScript.TryStart("python_asyncio.py");
        var workload = new DelayWorkload();
        ConcurrencyModel[] models = [new AsyncModel(), new EventLoopModel()];
        List<Func<Task<double>>> variants =
        [
            .. models.Select<ConcurrencyModel, Func<Task<double>>>(model => async () =>
                (await ModelRun.TimeAsync(model, workload, WaitMs, Tasks, Environment.ProcessorCount)).TotalMilliseconds),
        ];
        if (python is not null)
            variants.Add(async () => await python.TimeAsync(Tasks) * 1e3);

        Rounds measured = await Rounds.MeasureAsync(rounds, variants);
        return [.. models.Select((model, variant) => new BenchmarkRow(
            $"{model.Id}, {Tasks:N0} waits of {WaitMs} ms",
            measured.Median(variant),
            "ms",
            "Python asyncio.gather",
            python is null ? null : measured.Median(models.Length),
            python is null ? null : measured.Ratio(models.Length, variant),
            $"at most {TargetMs} ms",
            measured.Median(variant) <= TargetMs))];
    }
}
