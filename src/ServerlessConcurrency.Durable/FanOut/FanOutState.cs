using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Durable.Runs;

namespace ServerlessConcurrency.Durable.FanOut;

/// <summary>The input of a generation of <see cref="FanOutOrchestrator"/>: the run, and what earlier generations left.</summary>
public sealed record FanOutState
{
    /// <summary>The run as activities are told of it.</summary>
    public required RunOrder Order { get; init; }

    /// <summary>The experiment that the run belongs to, for whoever stores what it measured; null where who started it takes it from there.</summary>
    public RunRequest? Request { get; init; }

    /// <summary>When whoever started the run scheduled its orchestration, in universal time; null where that is not known.</summary>
    public DateTime? ScheduledAt { get; init; }

    /// <summary>How long the first generation then waited until it began, in ms; null before, and where that is not known.</summary>
    public double? StartMs { get; init; }

    /// <summary>How activities are treated.</summary>
    public required FanOutOptions Options { get; init; }

    /// <summary>The first task that no earlier generation has executed.</summary>
    public int NextTask { get; init; }

    /// <summary>The first task of each earlier generation.</summary>
    public IReadOnlyList<int> Generations { get; init; } = [];

    /// <summary>What earlier generations took, in ms; the run's clock stood still between them.</summary>
    public double WallMs { get; init; }

    /// <summary>What each host has used so far.</summary>
    public IReadOnlyDictionary<string, ResourceUsage> Usage { get; init; } = new Dictionary<string, ResourceUsage>();

    /// <summary>What each host has executed so far.</summary>
    public IReadOnlyDictionary<string, HostExecutions> Executions { get; init; } = new Dictionary<string, HostExecutions>();

    /// <summary>How fast earlier generations went on from task to task.</summary>
    public TurnaroundSum Turnarounds { get; init; } = new(0, 0, 0);

    /// <summary>What went wrong first with a task that never succeeded; null if nothing did.</summary>
    public string? FirstError { get; init; }

    /// <summary>How many activities did not come back so far.</summary>
    public int ActivitiesLost { get; init; }

    /// <summary>The task after the last one of this generation.</summary>
    internal int EndTask => Math.Min(Order.Tasks, NextTask + Math.Max(Options.TasksPerGeneration, MostLanesShare * Order.Degree));

    // At its end a generation waits for its slowest activity, with ever fewer in flight: at most about a 32nd of its time.
    private const int MostLanesShare = 16;
}
