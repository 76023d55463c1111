using System.Diagnostics;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Pool;
using ServerlessConcurrency.Workers.Processes;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Benchmarks.Processes;

/// <summary>A worker process of <c>processes</c> that gets its next task only when the last one has come back.</summary>
internal sealed class SingleWorker : IDisposable
{
    private readonly WorkerProcess _process;

    public SingleWorker(string workload)
    {
        _process = WorkerProcess.Start(WorkerLaunch.Self(), ProcessesRole.RoleName, new WorkloadEnvironment());
        var run = new RunOrder
        {
            ExperimentId = "benchmark",
            RunId = "run",
            Model = KnownModels.Processes.Id,
            Workload = workload,
            Size = 1,
            Tasks = int.MaxValue,
            Degree = 1,
            Seed = 42,
            TaskTimeout = Timeout.InfiniteTimeSpan,
        };
        _process.Writer.AppendJson(PoolFrame.BeginRun, new PoolAssignment(run));
        _process.Writer.Flush();
        Read(PoolFrame.RunBegun);
    }

    /// <summary>Sends tasks there and back.</summary>
    /// <returns>How long all of them took.</returns>
    public TimeSpan Time(int roundTrips)
    {
        long began = Stopwatch.GetTimestamp();
        for (int index = 0; index < roundTrips; index++)
        {
            new TaskFrame(index, Attempt: 1).Write(_process.Writer);
            _process.Writer.Flush();
            TaskAttempt result = ResultFrame.Read(Read(PoolFrame.Result), _process.Host, queuedTicks: 0);
            if (result.TaskIndex != index || result.Error is not null)
                throw new InvalidOperationException($"task {index} came back as {result}");
        }

        return Stopwatch.GetElapsedTime(began);
    }

    public void Dispose() => _process.Dispose();

    private Frame Read(byte kind) => _process.Reader.Read(out Frame frame) && frame.Kind == kind
        ? frame
        : throw new InvalidOperationException($"expected frame {kind}; {_process.StandardError}");
}
