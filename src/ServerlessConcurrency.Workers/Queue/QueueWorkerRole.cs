using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Queueing;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Hosting;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Workers.Queue;

/// <summary>
/// The child processes of model <c>queue</c>: each executes one task at a time. Between runs it does not touch the queue, so as
/// not to disturb the runs of other models; the parent says when a run begins and ends.
/// </summary>
public sealed class QueueWorkerRole : IWorkerRole
{
    private readonly Func<WorkloadEnvironment, IQueueBackend> _openBackend;

    /// <param name="openBackend">Opens the storage account that the environment names.</param>
    public QueueWorkerRole(Func<WorkloadEnvironment, IQueueBackend> openBackend) => _openBackend = openBackend;

    public string Name => QueueProtocol.Role;

    public async Task RunAsync(WorkerSession session)
    {
        IQueueBackend backend = _openBackend(session.Environment);
        var warmUp = new WarmUp();
        var meter = new ResourceMeter();
        while (ReadAssignment(session, warmUp) is { } assignment)
        {
            // A meter that was not started counts from the start of the process.
            if (!assignment.Run.ColdStart)
                meter.Start();
            var run = new QueueWorkerRun(assignment, backend, session.Workloads, TimeProvider.System);
            int rows = await ExecuteUntilEndAsync(run, session.Reader);
            session.Writer.AppendJson(QueueProtocol.Report, new QueueWorkerReport(meter.Stop(), rows));
            session.Writer.Flush();
        }
    }

    private static QueueAssignment? ReadAssignment(WorkerSession session, WarmUp warmUp)
    {
        while (session.Reader.Read(out Frame frame))
        {
            if (frame.Kind == QueueProtocol.Begin)
                return frame.ReadJson<QueueAssignment>();
            if (frame.Kind != QueueProtocol.WarmUp)
                throw new InvalidDataException($"expected the beginning of a run and got frame {frame.Kind}");
            RunOrder next = frame.ReadJson<RunOrder>();
            warmUp.UntilSteady(session.Workloads.Get(next.Workload), next.Size);
            session.Writer.Append(QueueProtocol.Warm, 0);
            session.Writer.Flush();
        }

        return null;
    }

    private static async Task<int> ExecuteUntilEndAsync(QueueWorkerRun run, FrameReader reader)
    {
        using var ended = new CancellationTokenSource();
        Task end = Task.Factory.StartNew(
            () => ReadEnd(reader), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Task<int> executing = run.ExecuteAsync(ended.Token);
        // A run that ends before it is told to has failed, and its exception ends the process.
        if (await Task.WhenAny(end, executing) == executing)
            return await executing;
        await end;
        await ended.CancelAsync();
        return await executing;
    }

    private static void ReadEnd(FrameReader reader)
    {
        if (reader.Read(out Frame frame) && frame.Kind != QueueProtocol.End)
            throw new InvalidDataException($"expected the end of the run and got frame {frame.Kind}");
    }
}
