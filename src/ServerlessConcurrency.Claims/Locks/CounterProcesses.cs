using ServerlessConcurrency.Claims.Children;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Claims.Locks;

/// <summary>Processes that increment one counter in a memory-mapped file.</summary>
internal sealed class CounterProcesses : ICounterCrew
{
    private const int Processes = 2;

    private readonly CounterScene.Place _place;
    private readonly SharedMemoryCounter _counter;
    // Held to the end, so that the mutex is removed even if a child is killed.
    private readonly Mutex _mutex;
    private WorkerProcess[] _children = [];

    private CounterProcesses(string folder)
    {
        string name = $"sconc-{Guid.NewGuid():N}";
        _place = new CounterScene.Place(
            Path.Combine(folder, $"{name}.counter"), new LockNames(name, Path.Combine(folder, $"{name}.lock")));
        _counter = new SharedMemoryCounter(_place.CounterFile);
        _mutex = _place.Locks.OpenMutex();
    }

    public int Size => Processes;

    public string Scope => CounterTrial.Processes;

    /// <summary>Starts the processes.</summary>
    /// <exception cref="WorkerStartException">One could not be started.</exception>
    public static async Task<CounterProcesses> StartAsync(ClaimContext context, CancellationToken cancellationToken)
    {
        var crew = new CounterProcesses(context.Folder);
        Task<WorkerProcess>[] starts =
        [
            .. Enumerable.Range(0, Processes).Select(_ =>
                ClaimChild.StartAsync(context, CounterScene.SceneName, crew._place, cancellationToken)),
        ];
        await ((Task)Task.WhenAll(starts)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        crew._children = [.. starts.Where(start => start.IsCompletedSuccessfully).Select(start => start.Result)];
        if (crew._children.Length < Processes)
        {
            crew.Dispose();
            await Task.WhenAll(starts);
        }

        return crew;
    }

    public (long Counted, IReadOnlyList<CounterSpan> Spans) Run(IncrementWay way, int workers)
    {
        _counter.Reset();
        for (int index = 0; index < workers; index++)
            ClaimChild.Send(_children[index].Writer, new CounterScene.Order(way, workers, index));
        CounterSpan[] spans = [.. _children[..workers].Select(ClaimChild.Receive<CounterSpan>)];
        return (Volatile.Read(ref _counter.Value), spans);
    }

    /// <summary>Ends the processes in the middle of whatever they do.</summary>
    public void Kill()
    {
        foreach (WorkerProcess child in _children)
            child.Kill();
    }

    public void Dispose()
    {
        foreach (WorkerProcess child in _children)
            child.Dispose();
        _mutex.Dispose();
        _counter.Dispose();
        File.Delete(_place.CounterFile);
        File.Delete(_place.Locks.LockFile);
    }
}
