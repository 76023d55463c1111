using System.Collections.Concurrent;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Durable.FanOut;
using ServerlessConcurrency.Durable.Queue;
using ServerlessConcurrency.Durable.Runs;
using ServerlessConcurrency.Durable.Tests.InMemory;

namespace ServerlessConcurrency.Durable.Tests.Orchestration;

/// <summary>Replaces what carries runs out by something that takes no time, and notes which runs it was asked for.</summary>
internal sealed class ScriptedRuns
{
    private readonly ConcurrentQueue<PlannedRun> _runs = new();
    private readonly TestApp _app;

    public ScriptedRuns(TestApp app)
    {
        _app = app;
        app.RunInFunction = request => KeepAsync(request);
        app.ExecuteTask = request => Task.FromResult(new TaskResult(
            "a", 1, 1, UtcClock.Instance.GetTimestamp(), UtcClock.Instance.GetTimestamp(), 1, TaskOutcome.Succeeded, null, new ActivityUsage()));
        app.ExecuteTaskBatch = request => Task.FromResult(new BatchResult(
            "a", 1, [.. Enumerable.Range(request.Share.FirstTask, request.Share.Tasks).Select(Attempt)], null, null, ResourceUsage.None));
        Func<RunRecording, Task> record = app.RecordTimings;
        app.RecordTimings = recording =>
        {
            _runs.Enqueue(recording.Request!.Run);
            return record(recording);
        };
        app.EnqueueTasks = _ => Task.FromResult(new QueueRun(0, 0));
        app.CollectQueueResults = async request =>
        {
            await KeepAsync(new RunRequest(request.Document, request.Run));
            return new CollectProgress(IsComplete: true, request.Run.Workload.Tasks);
        };
    }

    /// <summary>Called for each run before it is carried out, with its number; may throw.</summary>
    public Action<PlannedRun, int> Before { get; set; } = static (_, _) => { };

    /// <summary>The runs that were carried out, in order.</summary>
    public IReadOnlyList<PlannedRun> Runs => [.. _runs];

    private async Task KeepAsync(RunRequest request)
    {
        Before(request.Run, _runs.Count + 1);
        _runs.Enqueue(request.Run);
        if (request.Run.IsWarmup)
            return;
        var recorder = new TaskRecorder(request.Run.Workload.Tasks);
        for (int task = 0; task < request.Run.Workload.Tasks; task++)
            recorder.Record(Attempt(task));
        RunResult run = RunSummary.Of(request.Run, recorder, wallMs: 5, ResourceUsage.None);
        await _app.Journal.KeepAsync(request.Document, new RunTimings(run, recorder.Timings()), default);
    }

    private static TaskAttempt Attempt(int task) =>
        new(task, 1, new HostIdentity("a", 1), 1, 0, 0, 1, Checksum: 1, TaskOutcome.Succeeded);
}
