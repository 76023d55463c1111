using ServerlessConcurrency.Claims.Children;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Processes;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Claims.Faults;

/// <summary>Workers that are threads of one child process.</summary>
/// <param name="context">How to start the process.</param>
/// <param name="size">How many threads there are.</param>
internal sealed class ThreadCrew(ClaimContext context, int size) : IFaultCrew
{
    /// <inheritdoc/>
    public async Task<FaultTrial> RunAsync(FaultKind kind, int trial, CancellationToken cancellationToken)
    {
        var order = new FaultyThreadsScene.Order(size, trial % size, kind, context.Seed + trial);
        using WorkerProcess child = await ClaimChild.StartAsync(context, FaultyThreadsScene.SceneName, order, cancellationToken);
        await using (cancellationToken.UnsafeRegister(static state => ((WorkerProcess)state!).Kill(), child))
        {
            HashSet<int> finished = await Task.Run(() => Finished(child, order), CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
            bool isLost = !finished.Remove(order.Victim);
            return new FaultTrial(Fault.Describe(kind), size - 1, finished.Count, isLost, VictimRecovered: false);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Reads until the child is gone.</summary>
    private static HashSet<int> Finished(WorkerProcess child, FaultyThreadsScene.Order order)
    {
        var finished = new HashSet<int>();
        while (child.Reader.Read(out Frame frame))
        {
            FaultyThreadsScene.FinishedTask task = frame.ReadJson<FaultyThreadsScene.FinishedTask>();
            if (task.Checksum == SteadyWork.Expected(new TaskInput(1, task.Index, order.Seed)))
                finished.Add(task.Index);
        }

        return finished;
    }
}
