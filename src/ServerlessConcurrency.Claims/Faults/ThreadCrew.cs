using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Hosting;
using ServerlessConcurrency.Workers.Processes;

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
        var order = new Order(size, trial % size, Substitute(kind), context.Seed + trial);
        using ClaimChild child = await new Scene().StartAsync(context, order, cancellationToken);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        await using (child.KillOn(deadline.Token))
        {
            HashSet<int> finished = await Task.Run(() => Listen(child.Process), CancellationToken.None);
            return new FaultTrial(
                Fault.Describe(kind), size - 1, finished.Count(task => task != order.Victim), !finished.Contains(order.Victim), VictimRecovered: false);
        }

        // The tasks that finished with the right result.
        HashSet<int> Listen(WorkerProcess process)
        {
            TaskReport[] reports = [.. child.ReceiveAll<TaskReport>()];
            int begun = reports.Where(report => report.Checksum is null).DistinctBy(report => report.Index).Count();
            HashSet<int> finished = [.. reports.Where(report => report.Checksum == Expected(report)).Select(report => report.Index)];
            int? exitCode = process.ExitCodeWithin(Patience);
            cancellationToken.ThrowIfCancellationRequested();
            if (deadline.IsCancellationRequested || exitCode is null)
                throw new TimeoutException($"{Fault.Describe(kind)}: the process neither failed nor finished within {Patience.TotalSeconds} s");
            // A loss is evidence only if it was the failure that caused it.
            if (begun < size)
                throw new InvalidOperationException($"{Fault.Describe(kind)}: the process ended before all tasks had begun: {process.DescribeExit()}");
            if (finished.Count < size && !Fault.HasEnded(kind, exitCode.Value))
                throw new InvalidOperationException($"{Fault.Describe(kind)}: the process ended of something else: {process.DescribeExit()}");
            return finished;
        }

        ulong Expected(TaskReport report) => SteadyWork.Expected(new TaskInput(1, report.Index, order.Seed));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal sealed record Order(int Tasks, int Victim, FaultKind Fault, long Seed);

    /// <summary>
    /// The process: tasks on threads, of which one fails while the others are in the middle of theirs. They go on until the failing
    /// thread has ended and the process has not. Each sends a <see cref="TaskReport"/> when it has begun and another one when it has finished.
    /// </summary>
    internal sealed class Scene : ChildScene<Order>
    {
        protected override Task PlayAsync(Order order, WorkerSession session, Messages parent)
        {
            using var begun = new CountdownEvent(order.Tasks);
            var outbox = new Lock();
            bool isOver = false;
            Thread[] threads = [.. Enumerable.Range(0, order.Tasks).Select(index => new Thread(() => Execute(index), Fault.StackBytes))];
            foreach (Thread thread in threads)
                thread.Start();
            threads[order.Victim].Join();
            Volatile.Write(ref isOver, true);
            foreach (Thread thread in threads)
                thread.Join();
            return Task.CompletedTask;

            void Execute(int index)
            {
                ulong state = SteadyWork.Begin(new TaskInput(1, index, order.Seed));
                Report(new TaskReport(index, Checksum: null));
                begun.Signal();
                begun.Wait();
                if (index == order.Victim)
                    Fault.Cause(order.Fault);
                else
                    SteadyWork.Until(() => Volatile.Read(ref isOver));
                Report(new TaskReport(index, SteadyWork.Finish(state)));
            }

            void Report(TaskReport report)
            {
                lock (outbox)
                    parent.Send(report);
            }
        }
    }

    /// <param name="Checksum">Null while it has only begun.</param>
    private sealed record TaskReport(int Index, ulong? Checksum);
}
