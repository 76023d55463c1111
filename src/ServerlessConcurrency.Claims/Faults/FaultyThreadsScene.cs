using System.Text.Json;
using ServerlessConcurrency.Claims.Children;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Hosting;

namespace ServerlessConcurrency.Claims.Faults;

/// <summary>
/// Tasks on the threads of one process, of which one fails while the others are in the middle of theirs. They go on until the failing
/// thread has ended and the process has not. Each sends a <see cref="TaskReport"/> when it has begun and another one when it has finished.
/// </summary>
internal sealed class FaultyThreadsScene : IChildScene
{
    public const string SceneName = "faulty-threads";

    public string Name => SceneName;

    public Task PlayAsync(WorkerSession session, JsonElement arguments)
    {
        Order order = arguments.Deserialize<Order>(JsonSerializerOptions.Web)!;
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
                ClaimChild.Send(session.Writer, report);
        }
    }

    /// <summary>What to do.</summary>
    internal sealed record Order(int Tasks, int Victim, FaultKind Fault, long Seed);

    /// <summary>A task that has begun, or finished.</summary>
    /// <param name="Checksum">Its checksum; null while it has only begun.</param>
    internal sealed record TaskReport(int Index, ulong? Checksum);
}
