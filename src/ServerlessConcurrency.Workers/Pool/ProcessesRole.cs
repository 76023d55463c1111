using System.Diagnostics;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
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

    private const int LongestError = 2_000;

    private readonly Execution _execution = new();
    private readonly WarmUp _warmUp = new();
    private readonly ResourceMeter _meter = new();
    private ProcessPoolRun? _run;
    private Workload? _workload;

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
            case PoolFrame.BeginRun:
                _run = frame.ReadJson<ProcessPoolRun>();
                _workload = (workloads ?? session.Workloads).Get(_run.Workload);
                // A meter that was not started counts from the start of the process.
                outbox.Send(PoolFrame.RunBegun, new RunBegun(Begin(_run, _workload)), _run.ColdStart ? null : _meter.Start);
                break;
            case PoolFrame.EndRun:
                outbox.Send(PoolFrame.RunEnded, _meter.Stop());
                break;
            default:
                throw new InvalidDataException($"unknown frame {frame.Kind}");
        }
    }

    /// <returns>The processor time that the run is not charged with.</returns>
    private TimeSpan Begin(ProcessPoolRun run, Workload workload)
    {
        if (run.ColdStart)
            return TimeSpan.Zero;
        if (!run.IsReplacement)
            _warmUp.UntilSteady(workload, run.Size);
        // The garbage of one run is not to be collected at the expense of the next.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Environment.CpuUsage.TotalTime;
    }

    private void Execute(TaskFrame task, ResultOutbox outbox)
    {
        if (_run is null || _workload is null)
            throw new InvalidDataException("a task came before its run");

        outbox.BeforeTask();
        var input = new TaskInput(_run.Size, task.Index, _run.Seed);
        ulong checksum = 0;
        string? error = null;
        long started = Stopwatch.GetTimestamp();
        try
        {
            checksum = _workload.Execute(input, _execution);
        }
#pragma warning disable CA1031 // Whatever a workload throws is the result of its task.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            error = Describe(exception);
        }

        long finished = Stopwatch.GetTimestamp();
        outbox.Add(new ResultFrame(
            task.Index, task.Attempt, Environment.CurrentManagedThreadId, started, finished, checksum, error));
    }

    private static string Describe(Exception exception)
    {
        string message = exception.Message.ReplaceLineEndings(" ");
        if (string.IsNullOrWhiteSpace(message))
            message = exception.GetType().Name;
        return message.Length <= LongestError ? message : message[..LongestError];
    }
}
