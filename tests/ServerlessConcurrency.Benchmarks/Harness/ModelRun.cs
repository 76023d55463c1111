using System.Diagnostics;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Benchmarks.Harness;

/// <summary>Carries out a run under a model as the runner does, and takes its time.</summary>
internal static class ModelRun
{
    private static int _runs;

    /// <summary>Carries out a run.</summary>
    /// <returns>Its wall time.</returns>
    public static async Task<TimeSpan> TimeAsync(ConcurrencyModel model, Workload workload, long size, int tasks, int degree)
    {
        var order = new RunOrder
        {
            ExperimentId = "benchmark",
            RunId = FormattableString.Invariant($"run-{++_runs}"),
            Model = model.Id,
            Workload = workload.Kind,
            Size = size,
            Tasks = tasks,
            Degree = model.Traits.EffectiveDegree(degree, tasks),
            Seed = 42,
            TaskTimeout = TimeSpan.FromMinutes(5),
        };
        var run = new RunContext(order, workload);
        await model.PrepareAsync(run);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long began = Stopwatch.GetTimestamp();
        run.Recorder.BeganTicks = began;
        await model.ExecuteAsync(run);
        TimeSpan wall = run.Facts.Wall ?? Stopwatch.GetElapsedTime(began);
        await model.CompleteAsync(run);
        return run.Recorder.Remaining == 0 ? wall : throw new InvalidOperationException($"{run.Recorder.Remaining} tasks failed");
    }
}
