using System.Diagnostics;
using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Claims.Runs;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Hosting;
using ServerlessConcurrency.Workers.Pool;

namespace ServerlessConcurrency.Claims.Faults;

/// <summary>Workers that are processes: the pool of the model <c>processes</c>, which retries on a fresh process what one has lost.</summary>
internal sealed class ProcessCrew : IFaultCrew
{
    private static readonly TimeSpan TaskTimeout = TimeSpan.FromSeconds(30);

    private readonly int _size;
    private readonly long _seed;
    private readonly ScratchFolder _folder = new();
    private readonly ProcessPool _pool;

    public ProcessCrew(ClaimContext context, int size)
    {
        _size = size;
        _seed = context.Seed;
        _pool = new ProcessPool(context.Launch, context.Workloads)
        {
            Role = ClaimChild.RoleName,
            RoleSettings = new Scene().OrderOf(_folder.Path),
        };
    }

    public async Task<FaultTrial> RunAsync(FaultKind kind, int trial, CancellationToken cancellationToken)
    {
        var workload = new FaultyWorkload(kind, _folder.Path);
        RunOrder order = ClaimRun.Of(KnownModels.Processes.Id, workload.Kind, _size, _size, _size, _seed + trial) with
        {
            TaskTimeout = TaskTimeout,
            // Nothing warms up: a task would wait for the others.
            ColdStart = true,
        };
        var run = new RunContext(order, workload, cancellationToken);
        await _pool.BeginAsync(order, cancellationToken);
        run.Recorder.BeganTicks = Stopwatch.GetTimestamp();
        await _pool.RunAsync(run);
        await _pool.EndAsync();
        return Judge(kind, run);
    }

    public async ValueTask DisposeAsync()
    {
        await _pool.DisposeAsync();
        _folder.Dispose();
    }

    private static FaultTrial Judge(FaultKind kind, RunContext run)
    {
        int victim = FaultyWorkload.VictimOf(run.Order.Seed, run.Tasks);
        IReadOnlyList<TaskAttempt> attempts = run.Recorder.Attempts();
        TaskAttempt[] ofVictim = [.. attempts.Where(attempt => attempt.TaskIndex == victim)];
        TaskAttempt[] ofOthers = [.. attempts.Where(attempt => attempt.TaskIndex != victim)];
        // Whoever has two attempts was disturbed, and an attempt after the first is no better.
        int finished = ofOthers.GroupBy(attempt => attempt.TaskIndex)
            .Count(task => task.ToArray() is [{ Attempt: 1 } only] && IsRight(only));
        TaskAttempt? lost = ofVictim is [{ Outcome: TaskOutcome.Lost } first, ..] ? first : null;
        TaskAttempt? retry = lost is not null && ofVictim is [_, var second] && IsRight(second)
            && attempts.All(other => other.Host != second.Host || other == second) ? second : null;
        return new FaultTrial(Fault.Describe(kind), run.Tasks - 1, finished, lost is not null, retry is not null)
        {
            RecoverySeconds = retry is null ? null : Stopwatch.GetElapsedTime(lost!.Value.FinishedTicks, retry.Value.StartedTicks).TotalSeconds,
        };

        bool IsRight(TaskAttempt attempt) =>
            attempt.Outcome == TaskOutcome.Succeeded && attempt.Checksum == SteadyWork.Expected(run.Order.Input(attempt.TaskIndex));
    }

    /// <summary>One of the processes: its tasks may bring it down. It is started with the folder of their files.</summary>
    internal sealed class Scene : ChildScene<string>
    {
        protected override Task PlayAsync(string folder, WorkerSession session, Messages parent) => ProcessPool.ServeAsync(
            session, new WorkloadCatalog(Enum.GetValues<FaultKind>().Select(kind => new FaultyWorkload(kind, folder))));
    }
}
