using System.Text.Json;
using System.Text.Json.Serialization;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Core.Documents;

/// <summary>
/// What was measured and what it found, but for the timings of single tasks: the contents of experiment.json. It is of an experiment
/// (<see cref="ExperimentDocument"/>) or of claims (<see cref="ClaimsDocument"/>); JSON is read as the kind that it is of.
/// </summary>
[JsonConverter(typeof(Converter))]
public abstract record MeasurementDocument
{
    /// <summary>The version of this form of documents, see <see cref="StoredSchema"/>; those of version 1 have none.</summary>
    /// <exception cref="JsonException">It is read from what a later version of this program wrote.</exception>
    [JsonPropertyOrder(-10)]
    public int SchemaVersion
    {
        get => StoredSchema.Version;
        init => StoredSchema.ThrowIfLater(value);
    }

    /// <summary>The id, see <see cref="ExperimentId"/>.</summary>
    [JsonPropertyOrder(-9)]
    public required string Id { get; init; }

    /// <summary>How far it has come.</summary>
    [JsonPropertyOrder(-8)]
    public required ExperimentStatus Status { get; init; }

    /// <summary>When it was started.</summary>
    [JsonPropertyOrder(-7)]
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    [JsonPropertyOrder(-6)]
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Why it failed; null unless it did.</summary>
    [JsonPropertyOrder(-5)]
    public string? Error { get; init; }

    /// <summary>What was asked for.</summary>
    [JsonIgnore]
    public MeasurementSpec Spec => SpecOfKind;

    /// <summary>Where it ran.</summary>
    [JsonPropertyOrder(-3)]
    public required EnvironmentInfo Environment { get; init; }

    /// <summary>How many runs or claims are done.</summary>
    [JsonPropertyOrder(-2)]
    public required ExperimentProgress Progress { get; init; }

    /// <summary>What a reader should know.</summary>
    [JsonPropertyOrder(2)]
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>What a kind knows as its own spec.</summary>
    private protected abstract MeasurementSpec SpecOfKind { get; }

    /// <summary>A measurement of which nothing is done.</summary>
    /// <param name="spec">What is asked for.</param>
    /// <param name="id">The id.</param>
    /// <param name="status">How far it has come.</param>
    /// <param name="startedAt">When it was started.</param>
    /// <param name="environment">Where it runs.</param>
    /// <returns>A document of the kind that the spec is of.</returns>
    public static MeasurementDocument Of(
        MeasurementSpec spec, string id, ExperimentStatus status, DateTimeOffset startedAt, EnvironmentInfo environment) =>
        spec switch
        {
            ClaimsSpec claims => new ClaimsDocument
            {
                Spec = claims,
                Id = id,
                Status = status,
                StartedAt = startedAt,
                Environment = environment,
                Progress = new ExperimentProgress(0, spec.Steps, null),
            },
            _ => new ExperimentDocument
            {
                Spec = (ExperimentSpec)spec,
                Id = id,
                Status = status,
                StartedAt = startedAt,
                Environment = environment,
                Progress = new ExperimentProgress(0, spec.Steps, null),
            },
        };

    private sealed class Converter() : KindConverter<MeasurementDocument>(typeof(ExperimentDocument), typeof(ClaimsDocument), ["spec", "kind"]);
}
