using System.Text.Json;
using System.Text.Json.Serialization;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Prices;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Core.Documents;

/// <summary>An experiment and everything it found, but for the timings of single tasks.</summary>
public sealed record ExperimentDocument : MeasurementDocument, IJsonOnDeserialized
{
    /// <summary>What was asked for.</summary>
    [JsonPropertyOrder(-4)]
    public new required ExperimentSpec Spec { get; init; }

    /// <summary>How long its orchestration on an Azure Functions app, once asked for, waited until it began, in ms; null on the local engine.</summary>
    [JsonPropertyOrder(-1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? OrchestrationStartMs { get; init; }

    /// <summary>When the experiment went on after it had been interrupted; null unless it was.</summary>
    [JsonPropertyOrder(-1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Resumption>? Resumptions { get; init; }

    /// <summary>The measured runs, in the order in which they ran.</summary>
    public IReadOnlyList<RunResult> Runs { get; init; } = [];

    /// <summary>The statistics by workload, size and model.</summary>
    [JsonPropertyOrder(1)]
    public IReadOnlyList<ModelAnalysis> Analysis { get; init; } = [];

    /// <summary>The model to use for each workload and size.</summary>
    [JsonPropertyOrder(3)]
    public IReadOnlyList<Recommendation> Recommendation { get; init; } = [];

    /// <summary>The prices behind the costs of <see cref="Analysis"/>; null where none were computed.</summary>
    [JsonPropertyOrder(4)]
    public PriceList? Prices { get; init; }

    /// <summary>How two versions of own code compare; null where only one was measured.</summary>
    [JsonPropertyOrder(5)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public VersionComparison? Versions { get; init; }

    private protected override MeasurementSpec SpecOfKind => Spec;

    // Documents of others may have what this program never writes.
    void IJsonOnDeserialized.OnDeserialized()
    {
        ThrowIfTwice("run", Runs.Select(run => run.RunId));
        ThrowIfTwice("analysis", Analysis.Select(result => (result.Workload, result.Size, result.Model)));
    }

    private static void ThrowIfTwice<T>(string what, IEnumerable<T> keys)
    {
        var known = new HashSet<T>();
        foreach (T key in keys)
            if (!known.Add(key))
                throw new JsonException($"{what} {key} is there twice");
    }
}
