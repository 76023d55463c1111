using System.Text.Json.Serialization;

namespace ServerlessConcurrency.Core.Runs;

/// <summary>What one run measured. Figures of resources include the run's child processes.</summary>
public sealed record RunResult
{
    /// <summary>The run's id, unique within the experiment.</summary>
    public required string RunId { get; init; }

    /// <summary>The measured round, from 1.</summary>
    public required int Round { get; init; }

    public required string Workload { get; init; }

    /// <summary>The size of each task, in the workload's unit.</summary>
    public required long Size { get; init; }

    /// <summary>Whether its tasks compute or wait; null where that is not known.</summary>
    public WorkloadNature? Nature { get; init; }

    public required string Model { get; init; }

    /// <summary>How many threads, processes or hosts worked at once.</summary>
    public required int Degree { get; init; }

    /// <summary>How many tasks could be under way at once; null in documents of earlier versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? InFlight { get; init; }

    public required int Tasks { get; init; }

    /// <summary>From the start of the model to the last task's result, in ms.</summary>
    public required double WallMs { get; init; }

    /// <summary>Processor time, user and kernel, in ms; null where hosts do not report it.</summary>
    public required double? CpuMs { get; init; }

    /// <summary>Context switches; null where the system counts none.</summary>
    public ContextSwitches? ContextSwitches { get; init; }

    /// <summary>The sum of the processes' largest resident sets, in bytes; null where unknown.</summary>
    public long? PeakRssBytes { get; init; }

    /// <summary>Garbage collections; null where hosts do not report them.</summary>
    public required GarbageCollections? GarbageCollections { get; init; }

    /// <summary>Managed memory allocated, in bytes; null where hosts do not report it.</summary>
    public required long? AllocatedBytes { get; init; }

    /// <summary>
    /// How often the run was carried out in this round, 1 or more: wall time, processor time, context switches and allocated bytes
    /// are means over the repetitions, everything else is of the last one.
    /// </summary>
    public int Repeats { get; init; } = 1;

    /// <summary>What other programs did to the machine meanwhile; null where the system does not tell.</summary>
    public MachineLoad? Load { get; init; }

    /// <summary>The times of its tasks summed up; null where no task succeeded.</summary>
    public TaskTimes? TaskTimes { get; init; }

    /// <summary>Requests to Azure Storage that all processes of the run sent for it; null where they are not counted.</summary>
    public StorageRequests? StorageRequests { get; init; }

    /// <summary>Whether the requests of its task hub are among them. A Functions host does not count those that it sends for one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool CountsTaskHub { get; init; }

    /// <summary>
    /// How long it took to start the processes that executed the run, whenever that was, until the last was ready, in ms; null for
    /// models without processes of their own.
    /// </summary>
    public double? ProcessStartMs { get; init; }

    /// <summary>How many processes died while they executed the run.</summary>
    public int ProcessesLost { get; init; }

    public int PoisonMessages { get; init; }

    /// <summary>
    /// How long its orchestration, once scheduled, waited until it began, in ms; null for models without one. Not part of <see cref="WallMs"/>,
    /// unless the run was a cold start on the local engine.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? OrchestrationStartMs { get; init; }

    /// <summary>How many activities were executed again, as far as their hosts told: their results were not used.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int ActivitiesRepeated { get; init; }

    /// <summary>How fast its orchestration went on from task to task; null without one that schedules tasks, or with few of them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Turnaround? Turnaround { get; init; }

    /// <summary>How many tasks computed something else than the baseline did.</summary>
    public int Mismatches { get; init; }

    /// <summary>How many distinct processes executed tasks.</summary>
    public required int Hosts { get; init; }

    /// <summary>
    /// When each of these processes began its first task, in ms since the run began, ascending; null for models whose tasks stay in one process.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<double>? HostsFromMs { get; init; }

    /// <summary>How many distinct threads, over all hosts, executed tasks.</summary>
    public required int Threads { get; init; }

    /// <summary>The combined checksum of all tasks, 16 hexadecimal digits.</summary>
    public required string Checksum { get; init; }

    /// <summary>How many tasks never succeeded, or computed something else than the baseline did.</summary>
    public required int Failed { get; init; }

    /// <summary>How many attempts were beyond a task's first.</summary>
    public required int Retried { get; init; }

    /// <summary>What went wrong first, in one line; null if nothing did.</summary>
    public string? Error { get; init; }

    /// <summary>Which version of the program measured it; null where that is the one of the experiment's environment.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MeasuredBy { get; init; }

    /// <summary>Whether the run may be averaged in: every task succeeded with the baseline's checksum.</summary>
    public bool IsValid => Failed == 0 && Error is null;

    internal RunKind Kind => new(Workload, Size, Model);
}
