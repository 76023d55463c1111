using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Hosting;
using ServerlessConcurrency.Workers.Pool;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Workers.Isolation;

/// <summary>The process behind <see cref="IsolatedModel"/>: carries out runs under models that work inside one process.</summary>
internal sealed class IsolatedRole : IWorkerRole
{
    public const string RoleName = "isolated";

    private const int WriteBytes = 64 * 1024;

    private readonly IReadOnlyList<ConcurrencyModel> _models = BuiltInModels.Create();
    private readonly WarmUp _warmUp = new();
    private readonly ResourceMeter _meter = new();

    public string Name => RoleName;

    public async Task RunAsync(WorkerSession session)
    {
        while (session.Reader.Read(out Frame frame))
        {
            byte kind = frame.Kind;
            if (kind == SignOfLife.Ask)
            {
                Give(session.Writer);
                continue;
            }

            RunOrder order = frame.ReadJson<RunOrder>();
            Workload workload = session.Workloads.Get(order.Workload);
            switch (kind)
            {
                case IsolatedFrame.Run:
                    await CarryOutAsync(new RunContext(order, workload), session.Writer);
                    break;
                case IsolatedFrame.Inspect:
                    session.Writer.AppendJson(IsolatedFrame.Inspected, WorkloadInspection.Of(workload, order.Input(0), TimeProvider.System));
                    break;
                default:
                    await _warmUp.UntilSteadyAsync(workload, order.Input(0));
                    session.Writer.Append(IsolatedFrame.Warm, 0);
                    break;
            }

            session.Writer.Flush();
        }
    }

    private async Task CarryOutAsync(RunContext run, FrameWriter writer)
    {
        // A meter that was not started counts from the start of the process.
        if (!run.Order.ColdStart)
        {
            // The garbage of one run is not to be collected at the expense of the next.
            GC.Collect();
            GC.WaitForPendingFinalizers();
            _meter.Start();
        }

        using var watch = new HangWatch(run, () => Send(run.Recorder, writer), () => Give(writer));
        long began = run.Clock.GetTimestamp();
        // Off this thread: blocking models keep it.
        await Task.Run(() => _models.Single(model => model.Id == run.Order.Model).ExecuteAsync(run));
        TimeSpan wall = run.Clock.GetElapsedTime(began);
        ResourceUsage usage = _meter.Stop();
        // Where it ends this process instead, this waits for it.
        watch.End();
        Send(run.Recorder, writer);
        writer.AppendJson(IsolatedFrame.Ended, new IsolatedRun(usage, wall));
    }

    private static void Give(FrameWriter writer)
    {
        writer.Append(SignOfLife.Given, 0);
        writer.Flush();
    }

    private static void Send(TaskRecorder recorder, FrameWriter writer)
    {
        foreach (TaskAttempt attempt in recorder.Attempts())
        {
            ResultFrame.Write(writer, attempt);
            if (writer.PendingBytes >= WriteBytes)
                writer.Flush();
        }

        writer.Flush();
    }
}
