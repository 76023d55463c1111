using System.Text.Json.Serialization;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Core.Sweeps;

/// <summary>A sweep and everything it found: the contents of sweep.json.</summary>
public sealed record SweepDocument
{
    /// <summary>The version of this form of documents, see <see cref="StoredSchema"/>; those of version 1 have none.</summary>
    [JsonPropertyOrder(-1)]
    public int SchemaVersion
    {
        get => StoredSchema.Version;
        init => StoredSchema.ThrowIfLater(value);
    }

    /// <summary>The sweep's id, of the form of an experiment's, see <see cref="ExperimentId"/>.</summary>
    public required string Id { get; init; }

    /// <summary>How far it has come.</summary>
    public required ExperimentStatus Status { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Why it failed; null unless it did.</summary>
    public string? Error { get; init; }

    /// <summary>The spec as it was given; what the sweep is over has its first value.</summary>
    public required ExperimentSpec Spec { get; init; }

    /// <summary>What differs between the experiments.</summary>
    public required SweepVariable Over { get; init; }

    /// <summary>The values that were asked for, ascending.</summary>
    public required IReadOnlyList<long> Values { get; init; }

    /// <summary>Where it ran; in a sweep over cores, where the program ran that pinned the others.</summary>
    public required EnvironmentInfo Environment { get; init; }

    /// <summary>The experiments that were begun, in the order in which they ran.</summary>
    public IReadOnlyList<SweepExperiment> Experiments { get; init; } = [];

    /// <summary>The statistics of completed experiments: by workload in the spec's order, value and model in the spec's order.</summary>
    public IReadOnlyList<SweepEntry> Results { get; init; } = [];

    /// <summary>Where models overtake each other.</summary>
    public IReadOnlyList<BreakEven> BreakEvens { get; init; } = [];

    /// <summary>How models scale; only of a sweep over degree or cores.</summary>
    public IReadOnlyList<ScalabilityFit> Fits { get; init; } = [];

    /// <summary>What the experiments that were begun found, by value as they ran: drift, load, failed runs and their reason.</summary>
    public IReadOnlyList<SweepFinding> Findings { get; init; } = [];

    /// <summary>What a reader should know.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}
