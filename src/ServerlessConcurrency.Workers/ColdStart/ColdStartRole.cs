using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Workers.Hosting;
using ServerlessConcurrency.Workers.Pool;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Workers.ColdStart;

/// <summary>The fresh process behind <see cref="ColdStartModel"/>: carries out one run, sends its results and ends.</summary>
internal sealed class ColdStartRole : IWorkerRole
{
    public const string RoleName = "cold-start";

    private const int WriteBytes = 64 * 1024;

    public string Name => RoleName;

    public async Task RunAsync(WorkerSession session)
    {
        ColdRun order = session.Settings<ColdRun>();
        // Never started, it counts from the start of the process.
        var meter = new ResourceMeter();
        ConcurrencyModel model = BuiltInModels.Create().Single(known => known.Id == order.Model);
        var run = new RunContext
        {
            ExperimentId = order.ExperimentId,
            RunId = order.RunId,
            Workload = session.Workloads.Get(order.Workload),
            Size = order.Size,
            Tasks = order.Tasks,
            FirstTask = order.FirstTask,
            Seed = order.Seed,
            Degree = order.Degree,
            TaskTimeout = order.TaskTimeout,
            Recorder = new TaskRecorder(order.Tasks) { BeganTicks = order.BeganTicks },
            ColdStart = true,
        };
        await model.ExecuteAsync(run);
        ResourceUsage usage = meter.Stop();
        Send(run.Recorder, session.Writer);
        session.Writer.AppendJson(PoolFrame.RunEnded, usage);
        session.Writer.Flush();
    }

    private static void Send(TaskRecorder recorder, FrameWriter writer)
    {
        foreach (TaskAttempt attempt in recorder.Attempts())
        {
            ResultFrame.Of(attempt).Write(writer);
            if (writer.PendingBytes >= WriteBytes)
                writer.Flush();
        }
    }
}
