using System.Diagnostics;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Benchmarks.Harness;

/// <summary>Carries out a run under a model as the runner does, and takes its time.</summary>
internal static class ModelRun
{
    /// <summary>Carries out a run.</summary>
    /// <returns>Its wall time.</returns>
    public static async Task<TimeSpan> TimeAsync(ConcurrencyModel model, Workload workload, long size, int tasks, int degree)
    {
        var run = new RunContext
        {
            ExperimentId = "benchmark",
            RunId = "run",
            Workload = workload,
            Size = size,
            Tasks = tasks,
            Seed = 42,
            Degree = model.Traits.EffectiveDegree(degree),
            TaskTimeout = TimeSpan.FromMinutes(5),
            Recorder = new TaskRecorder(tasks),
        };
        await model.PrepareAsync(run);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long began = Stopwatch.GetTimestamp();
        run.Recorder.BeganTicks = began;
        await model.ExecuteAsync(run);
        TimeSpan wall = Stopwatch.GetElapsedTime(began);
        await model.CompleteAsync(run);
        return run.Recorder.Remaining == 0 ? wall : throw new InvalidOperationException($"{run.Recorder.Remaining} tasks failed");
    }
}
