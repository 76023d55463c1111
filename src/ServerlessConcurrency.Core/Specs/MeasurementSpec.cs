using System.Text.Json.Serialization;

namespace ServerlessConcurrency.Core.Specs;

/// <summary>What to measure: an experiment (<see cref="ExperimentSpec"/>) or claims (<see cref="ClaimsSpec"/>). JSON is read as the kind that it is of.</summary>
[JsonConverter(typeof(Converter))]
public abstract record MeasurementSpec
{
    /// <summary>A name for people, 1 to 100 printable characters.</summary>
    public abstract string Name { get; init; }

    /// <summary>How many runs or claims it asks for: runs with those for warming up, and without the rounds that precision may add.</summary>
    [JsonIgnore]
    public abstract int Steps { get; }

    private sealed class Converter() : KindConverter<MeasurementSpec>(typeof(ExperimentSpec), typeof(ClaimsSpec), ["kind"]);
}
