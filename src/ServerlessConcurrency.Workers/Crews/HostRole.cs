using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Hosting;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Workers.Crews;

/// <summary>
/// The host processes of a model: each executes one task at a time, which it gets over storage. Between runs it leaves the storage alone, so as
/// not to disturb the runs of other models; the parent says when a run begins and ends.
/// </summary>
/// <typeparam name="TAssignment">What it is told when a run begins.</typeparam>
public abstract class HostRole<TAssignment> : IWorkerRole
    where TAssignment : IHostAssignment
{
    private readonly WarmUp _warmUp = new();

    public abstract string Name { get; }

    public async Task RunAsync(WorkerSession session)
    {
        await StartAsync(session);
        session.Send(static writer => writer.Append(HostProtocol.Warm, 0));
        var meter = new ResourceMeter();
        while (ReadAssignment(session) is { } assignment)
        {
            // A meter that was not started counts from the start of the process.
            if (!assignment.Run.ColdStart)
                meter.Start();
            int rows = await ExecuteUntilEndAsync(assignment, session);
            var report = new HostReport(meter.Stop(), rows);
            session.Send(writer => writer.AppendJson(HostProtocol.Report, report));
        }
    }

    /// <summary>Called once, before the first run.</summary>
    protected abstract Task StartAsync(WorkerSession session);

    /// <summary>Called when a run begins, before anything is taken that the parent says during it.</summary>
    protected virtual void Begin(TAssignment assignment)
    {
    }

    /// <summary>Executes tasks of a run until it ends.</summary>
    /// <param name="ended">Says that every task has its result: what is still in hand is not needed.</param>
    /// <returns>How many attempts were stored.</returns>
    protected abstract Task<int> ExecuteAsync(TAssignment assignment, WorkerSession session, CancellationToken ended);

    /// <summary>Takes what the parent says during a run, on a thread of its own.</summary>
    protected virtual void Take(Frame frame) => throw new InvalidDataException($"expected the end of the run and got frame {frame.Kind}");

    /// <summary>Warms up for the tasks of a run, unless it is warm.</summary>
    protected virtual void WarmUp(Workload workload, RunOrder run) => _warmUp.UntilSteady(workload, run.Input(0));

    private TAssignment? ReadAssignment(WorkerSession session)
    {
        while (session.Reader.Read(out Frame frame))
        {
            if (frame.Kind == HostProtocol.Begin)
                return frame.ReadJson<TAssignment>();
            if (frame.Kind == SignOfLife.Ask)
            {
                session.Send(static writer => writer.Append(SignOfLife.Given, 0));
                continue;
            }

            if (frame.Kind != HostProtocol.WarmUp)
                throw new InvalidDataException($"expected the beginning of a run and got frame {frame.Kind}");
            RunOrder next = frame.ReadJson<RunOrder>();
            WarmUp(session.Workloads.Get(next.Workload), next);
            session.Send(static writer => writer.Append(HostProtocol.Warm, 0));
        }

        return default;
    }

    private async Task<int> ExecuteUntilEndAsync(TAssignment assignment, WorkerSession session)
    {
        using var ended = new CancellationTokenSource();
        Begin(assignment);
        Task end = Task.Factory.StartNew(
            () => ReadEnd(session), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Task<int> executing = ExecuteAsync(assignment, session, ended.Token);
        // A run that ends before it is told to has failed, and its exception ends the process.
        if (await Task.WhenAny(end, executing) == executing)
            return await executing;
        await end;
        await ended.CancelAsync();
        return await executing;
    }

    private void ReadEnd(WorkerSession session)
    {
        while (session.Reader.Read(out Frame frame) && frame.Kind != HostProtocol.End)
        {
            if (frame.Kind == SignOfLife.Ask)
                session.Send(static writer => writer.Append(SignOfLife.Given, 0));
            else
                Take(frame);
        }
    }
}
