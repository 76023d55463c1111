using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Workers.Hosting;

namespace ServerlessConcurrency.Claims.Locks;

/// <summary>Processes that increment one counter in a memory-mapped file.</summary>
internal sealed class CounterProcesses : ICounterCrew
{
    private const int Processes = 2;

    private readonly Place _place;
    private readonly SharedMemoryCounter _counter;
    // Held to the end, so that the mutex is removed even if a child is killed.
    private readonly Mutex _mutex;
    private ClaimChild[] _children = [];

    private CounterProcesses(string folder)
    {
        string name = $"sconc-{Guid.NewGuid():N}";
        _place = new Place(
            Path.Combine(folder, $"{name}.counter"), new Incrementer.LockNames(name, Path.Combine(folder, $"{name}.lock")));
        _counter = new SharedMemoryCounter(_place.CounterFile);
        _mutex = _place.Locks.OpenMutex();
    }

    public int Size => Processes;

    public string Scope => CounterTrial.Processes;

    public static async Task<CounterProcesses> StartAsync(ClaimContext context, CancellationToken cancellationToken)
    {
        var crew = new CounterProcesses(context.Folder);
        try
        {
            crew._children = await new Scene().StartAllAsync(context, Enumerable.Repeat(crew._place, Processes), cancellationToken);
            return crew;
        }
        catch
        {
            crew.Dispose();
            throw;
        }
    }

    public (long Counted, IReadOnlyList<CountingInTurns.Stint> Stints) Run(IncrementWay way, int workers)
    {
        _counter.Reset();
        for (int index = 0; index < workers; index++)
            _children[index].Send(new Order(way, workers, index));
        CountingInTurns.Stint[] stints = [.. _children[..workers].Select(child => child.Receive<CountingInTurns.Stint>())];
        return (Volatile.Read(ref _counter.Value), stints);
    }

    /// <summary>Ends the processes in the middle of whatever they do.</summary>
    public void Kill() => Array.ForEach(_children, child => child.Process.Kill());

    public void Dispose()
    {
        Array.ForEach(_children, child => child.Dispose());
        _mutex.Dispose();
        _counter.Dispose();
        File.Delete(_place.CounterFile);
        File.Delete(_place.Locks.LockFile);
    }

    internal sealed record Place(string CounterFile, Incrementer.LockNames Locks);

    /// <summary>One of the processes: takes an <see cref="Order"/>, and answers with what it did.</summary>
    internal sealed class Scene : ChildScene<Place>
    {
        protected override Task PlayAsync(Place place, WorkerSession session, Messages parent)
        {
            using var counter = new SharedMemoryCounter(place.CounterFile);
            using var incrementer = new Incrementer(place.Locks);
            foreach (Order order in parent.ReceiveAll<Order>())
            {
                counter.Meet(order.Workers);
                parent.Send(CountingInTurns.Run(
                    count => incrementer.Run(order.Way, ref counter.Value, count), counter.Board, order.Index, order.Workers));
            }

            return Task.CompletedTask;
        }
    }

    /// <param name="Workers">How many processes take part.</param>
    /// <param name="Index">Which of them this one is, from 0.</param>
    private sealed record Order(IncrementWay Way, int Workers, int Index);
}
