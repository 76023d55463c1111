using System.Text.Json.Serialization;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Prices;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Core.Documents;

/// <summary>An experiment and everything it found, but for the timings of single tasks: the contents of experiment.json.</summary>
public sealed record ExperimentDocument
{
    /// <summary>The experiment's id, see <see cref="ExperimentId"/>.</summary>
    public required string Id { get; init; }

    /// <summary>How far it has come.</summary>
    public required ExperimentStatus Status { get; init; }

    /// <summary>When it was started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Why it failed; null unless it did.</summary>
    public string? Error { get; init; }

    /// <summary>What was asked for.</summary>
    public required ExperimentSpec Spec { get; init; }

    /// <summary>Where it ran.</summary>
    public required EnvironmentInfo Environment { get; init; }

    /// <summary>How many runs are done.</summary>
    public required ExperimentProgress Progress { get; init; }

    /// <summary>The measured runs, in the order in which they ran.</summary>
    public IReadOnlyList<RunResult> Runs { get; init; } = [];

    /// <summary>The claims that were measured, in their order; null unless claims are measured.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ClaimResult>? Claims { get; init; }

    /// <summary>The statistics by workload, size and model.</summary>
    public IReadOnlyList<ModelAnalysis> Analysis { get; init; } = [];

    /// <summary>What a reader should know.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>The model to use for each workload and size.</summary>
    public IReadOnlyList<Recommendation> Recommendation { get; init; } = [];

    /// <summary>The prices behind the costs of <see cref="Analysis"/>; null where none were computed.</summary>
    public PriceList? Prices { get; init; }
}
