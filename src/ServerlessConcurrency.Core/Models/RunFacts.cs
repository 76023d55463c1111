using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Models;

/// <summary>What a model tells of a run beside its task attempts. Written by the model until its run is completed.</summary>
public sealed class RunFacts
{
    private int _processesLost;
    private int _poisonMessages;

    /// <summary>
    /// How long it took to start the processes that execute the run, whenever that was, until the last was ready; null for models
    /// without processes of their own.
    /// </summary>
    public TimeSpan? ProcessStart { get; set; }

    /// <summary>How long the run took, where the model takes that itself; null: from the beginning to the end of its execution.</summary>
    public TimeSpan? Wall { get; set; }

    /// <summary>Whether the requests of all its processes to a task hub are counted among theirs to the storage.</summary>
    public bool CountsTaskHub { get; set; }

    /// <summary>What the run's orchestration tells; null for models without one.</summary>
    public OrchestrationFacts? Orchestration { get; set; }

    /// <summary>How many processes died while they executed the run.</summary>
    public int ProcessesLost => Volatile.Read(ref _processesLost);

    public int PoisonMessages => Volatile.Read(ref _poisonMessages);

    /// <summary>A process died. Safe for all threads.</summary>
    public void AddLostProcess() => Interlocked.Increment(ref _processesLost);

    /// <summary>A task ended as a poison message. Safe for all threads.</summary>
    public void AddPoisonMessage() => Interlocked.Increment(ref _poisonMessages);
}
