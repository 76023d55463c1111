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
        RunOrder order = session.Settings<RunOrder>();
        // Never started, it counts from the start of the process.
        var meter = new ResourceMeter();
        ConcurrencyModel model = BuiltInModels.Create().Single(known => known.Id == order.Model);
        var run = new RunContext(order, session.Workloads.Get(order.Workload));
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
            ResultFrame.Write(writer, attempt);
            if (writer.PendingBytes >= WriteBytes)
                writer.Flush();
        }
    }
}
