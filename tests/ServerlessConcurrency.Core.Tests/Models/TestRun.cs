using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Tests.Models;

/// <summary>Executes one run under an in-function model.</summary>
internal static class TestRun
{
    public static TheoryData<string> Models => [.. BuiltInModels.Create().Select(model => model.Id)];

    public static RunContext Context(
        Workload workload, long size = 1, int tasks = 8, int degree = 4, int? inFlight = null, CancellationToken cancellationToken = default) =>
        new(Order(workload, size, tasks, degree) with { InFlight = inFlight }, workload, cancellationToken);

    public static RunOrder Order(Workload workload, long size = 1, int tasks = 8, int degree = 4) => new()
    {
        ExperimentId = "20260131-093000-test",
        RunId = "r0001-001",
        Model = "as the test says",
        Workload = workload.Kind,
        Size = size,
        Tasks = tasks,
        Degree = degree,
        Seed = 42,
        TaskTimeout = TimeSpan.FromMinutes(5),
    };

    /// <summary>On a thread of its own, because most models block the calling one.</summary>
    public static async Task ExecuteAsync(string model, RunContext run)
    {
        await using ConcurrencyModel subject = BuiltInModels.Create().Single(known => known.Id == model);
        run.Recorder.BeganTicks = run.Clock.GetTimestamp();
        await Task.Factory.StartNew(
            () => subject.ExecuteAsync(run), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            .Unwrap().Patiently();
    }

    public static async Task<TaskRecorder> ExecuteAsync(string model, Workload workload, long size = 1, int tasks = 8, int degree = 4, int? inFlight = null)
    {
        RunContext run = Context(workload, size, tasks, degree, inFlight);
        await ExecuteAsync(model, run);
        return run.Recorder;
    }
}
