using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Hosting;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Workers.Pool;

/// <summary>
/// A worker of the <c>processes</c> model. One thread reads tasks from the pipe, executes them and writes results: a hand-over
/// between threads would cost more than a small task.
/// </summary>
/// <param name="workloads">What it can execute; null: the program's workloads.</param>
internal sealed class ProcessesRole(WorkloadCatalog? workloads = null) : IWorkerRole
{
    public static string RoleName => KnownModels.Processes.Id;

    private readonly Execution _execution = new();
    private readonly WarmUp _warmUp = new();
    private readonly ResourceMeter _meter = new();
    private TaskExecution? _tasks;

    public string Name => RoleName;

    public Task RunAsync(WorkerSession session)
    {
        FrameReader reader = session.Reader;
        var outbox = new ResultOutbox(session.Writer);
        do
        {
            while (reader.TryRead(out Frame frame))
                Handle(frame, session, outbox);
            outbox.Flush();
        }
        while (reader.Fill());
        return Task.CompletedTask;
    }

    private void Handle(Frame frame, WorkerSession session, ResultOutbox outbox)
    {
        switch (frame.Kind)
        {
            case PoolFrame.Task:
                Execute(TaskFrame.Read(frame), outbox);
                break;
            case SignOfLife.Ask:
                outbox.Send(SignOfLife.Given);
                break;
            case PoolFrame.BeginRun:
                PoolAssignment assignment = frame.ReadJson<PoolAssignment>();
                RunOrder run = assignment.Run;
                Workload workload = (workloads ?? session.Workloads).Get(run.Workload);
                _tasks = new TaskExecution(run, () => workload, TimeProvider.System);
                // A meter that was not started counts from the start of the process.
                outbox.Send(PoolFrame.RunBegun, new RunBegun(Begin(assignment, workload)), run.ColdStart ? null : _meter.Start);
                break;
            case PoolFrame.EndRun:
                outbox.Send(PoolFrame.RunEnded, _meter.Stop());
                break;
            default:
                throw new InvalidDataException($"unknown frame {frame.Kind}");
        }
    }

    /// <returns>The processor time that the run is not charged with.</returns>
    private TimeSpan Begin(PoolAssignment assignment, Workload workload)
    {
        if (assignment.Run.ColdStart)
            return TimeSpan.Zero;
        if (!assignment.IsReplacement)
            _warmUp.UntilSteady(workload, assignment.Run.Input(0));
        // The garbage of one run is not to be collected at the expense of the next.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Environment.CpuUsage.TotalTime;
    }

    private void Execute(TaskFrame task, ResultOutbox outbox)
    {
        if (_tasks is null)
            throw new InvalidDataException("a task came before its run");

        outbox.BeforeTask();
        // When it was handed over, the parent knows.
        outbox.Add(_tasks.Execute(task.Index, _execution, task.Attempt, queuedTicks: 0));
    }
}
