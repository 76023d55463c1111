namespace ServerlessConcurrency.Core.Models;

/// <summary>
/// What a concurrency model is, apart from how it is carried out: all that plans, analyses, findings and costs ask of it. A model that nothing
/// is said of beyond its id is billed as one execution, and no finding is about it.
/// </summary>
/// <param name="Id">The name in a spec, e.g. <c>threads</c>.</param>
public sealed record ModelTraits(string Id)
{
    /// <summary>The largest degree that a spec may ask for.</summary>
    public const int MostDegree = 256;

    private const int MostIoThreads = 32;

    /// <summary>
    /// What it takes to write, to debug and to run: of models that are as fast the least complex is recommended. In steps of ten, so that others
    /// fit in between.
    /// </summary>
    public int Complexity { get; init; } = int.MaxValue;

    /// <summary>Whether it is there to show something, and never recommended.</summary>
    public bool IsDemonstration { get; init; }

    /// <summary>Whether one thread does it all, whatever degree a spec asks for.</summary>
    public bool IsSingleThreaded { get; init; }

    /// <summary>Whether tasks compute at the same time, on as many processors as there are.</summary>
    public bool ComputesInParallel { get; init; }

    /// <summary>What a task does while it waits.</summary>
    public TaskWait Wait { get; init; }

    /// <summary>How tasks reach what executes them.</summary>
    public TaskDispatch Dispatch { get; init; }

    public bool FansOut => Dispatch != TaskDispatch.InProcess;

    /// <summary>Whether these processes may be on other machines, which take part on their own.</summary>
    public bool RunsOnHosts => FansOut && Dispatch != TaskDispatch.Pipe;

    /// <summary>Whether it takes a storage account.</summary>
    public bool NeedsStorage => RunsOnHosts;

    /// <summary>Whether it takes a storage account, though no task hub.</summary>
    public bool NeedsQueue => Dispatch == TaskDispatch.QueueMessage;

    /// <summary>Whether it takes a task hub of the Durable Task Framework, as Durable Functions has.</summary>
    public bool NeedsTaskHub => RunsOnHosts && !NeedsQueue;

    /// <summary>
    /// How many threads, processes or hosts work at once where the spec does not say: as many as processors, or up to 32 threads that merely
    /// block while they wait; where the tasks under way are bounded, as many such threads as that, up to 256.
    /// </summary>
    /// <param name="inFlight">How many tasks may be under way at once, 1 or more; null: as many as the model holds.</param>
    public int DefaultDegree(WorkloadNature nature, int tasks, int processors, int? inFlight = null) => EffectiveDegree(
        FansOut || Wait == TaskWait.Awaits || nature == WorkloadNature.CpuBound ? processors
        : inFlight is null ? MostIoThreads : MostDegree,
        tasks,
        inFlight);

    /// <summary>How many work at once where so many are asked for: no more than there are tasks.</summary>
    /// <param name="inFlight">How many tasks may be under way at once, 1 or more; null: as many as the model holds.</param>
    public int EffectiveDegree(int requested, int tasks, int? inFlight = null) =>
        IsSingleThreaded ? 1 : Math.Min(requested, Math.Min(tasks, inFlight ?? tasks));

    /// <summary>
    /// How many tasks are under way at once: as many as the degree, or, where waits are awaited or a share of the tasks is handed over at once,
    /// all that may be.
    /// </summary>
    /// <param name="inFlight">How many may be, 1 or more; null: all.</param>
    public int InFlight(WorkloadNature nature, int tasks, int degree, int? inFlight) =>
        Math.Min(tasks, HoldsMoreThanDegree(nature) ? inFlight ?? tasks : degree);

    private bool HoldsMoreThanDegree(WorkloadNature nature) =>
        Dispatch == TaskDispatch.ActivityBatch || (!FansOut && Wait == TaskWait.Awaits && nature != WorkloadNature.CpuBound);
}
