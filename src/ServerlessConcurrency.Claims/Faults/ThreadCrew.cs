using ServerlessConcurrency.Claims.Children;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Processes;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Claims.Faults;

/// <summary>Workers that are threads of one child process.</summary>
internal sealed class ThreadCrew(ClaimContext context, int size) : IFaultCrew
{
    /// <summary>How long the process may take from its order to its end.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What really happens for a failure: the failure itself, unless a test breaks it.</summary>
    public Func<FaultKind, FaultKind> Substitute { get; init; } = static kind => kind;

    public async Task<FaultTrial> RunAsync(FaultKind kind, int trial, CancellationToken cancellationToken)
    {
        var order = new FaultyThreadsScene.Order(size, trial % size, Substitute(kind), context.Seed + trial);
        using WorkerProcess child = await ClaimChild.StartAsync(context, FaultyThreadsScene.SceneName, order, cancellationToken);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        await using (deadline.Token.UnsafeRegister(static state => ((WorkerProcess)state!).Kill(), child))
        {
            HashSet<int> finished = await Task.Run(() => Listen(kind, child, order), CancellationToken.None);
            return new FaultTrial(
                Fault.Describe(kind), size - 1, finished.Count(task => task != order.Victim), !finished.Contains(order.Victim), VictimRecovered: false);
        }

        HashSet<int> Listen(FaultKind kind, WorkerProcess child, FaultyThreadsScene.Order order)
        {
            (HashSet<int> begun, HashSet<int> finished) = ReadToEnd(child, order);
            int? exitCode = child.ExitCodeWithin(Patience);
            cancellationToken.ThrowIfCancellationRequested();
            if (deadline.IsCancellationRequested || exitCode is null)
                throw new TimeoutException($"{Fault.Describe(kind)}: the process neither failed nor finished within {Patience.TotalSeconds} s");
            // A loss is evidence only if it was the failure that caused it.
            if (begun.Count < size)
                throw new InvalidOperationException($"{Fault.Describe(kind)}: the process ended before all tasks had begun: {child.DescribeExit()}");
            if (finished.Count < size && !Fault.HasEnded(kind, exitCode.Value))
                throw new InvalidOperationException($"{Fault.Describe(kind)}: the process ended of something else: {child.DescribeExit()}");
            return finished;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Reads until the child is gone.</summary>
    private static (HashSet<int> Begun, HashSet<int> Finished) ReadToEnd(WorkerProcess child, FaultyThreadsScene.Order order)
    {
        var begun = new HashSet<int>();
        var finished = new HashSet<int>();
        while (child.Reader.Read(out Frame frame))
        {
            FaultyThreadsScene.TaskReport report = frame.ReadJson<FaultyThreadsScene.TaskReport>();
            if (report.Checksum is null)
                begun.Add(report.Index);
            else if (report.Checksum == SteadyWork.Expected(new TaskInput(1, report.Index, order.Seed)))
                finished.Add(report.Index);
        }

        return (begun, finished);
    }
}
