using System.Text.Json;
using System.Text.Json.Serialization;

namespace ServerlessConcurrency.Reporting.Timelines;

/// <summary>Who ran what when.</summary>
/// <param name="TickMicroseconds">The unit of the packed times.</param>
/// <param name="First">Which run is shown first.</param>
/// <param name="LeftOut">What is not shown, in sentences; null where nothing is left out.</param>
internal sealed record Timeline(
    int TickMicroseconds,
    IReadOnlyList<string> Hosts,
    IReadOnlyList<TimelineRun> Runs,
    int First,
    [property: JsonIgnore] TimelineColumns Columns,
    string? LeftOut)
{
    public string Kind { get; } = "timeline";

    /// <summary>How many task attempts there are.</summary>
    public int Attempts => Columns.Count;

    /// <summary><see cref="TimelineColumns.Pack"/></summary>
    [JsonConverter(typeof(Base64))]
    public string Packed => Columns.Pack();

    /// <summary>The lanes of one of its runs with their attempts.</summary>
    public IEnumerable<TimelineLane> LanesOf(TimelineRun run)
    {
        int row = run.FirstRow;
        foreach (int[] lane in run.Lanes)
        {
            yield return new TimelineLane(Hosts[lane[0]], lane[1], lane[2], Columns.Read(row, lane[3], TickMicroseconds));
            row += lane[3];
        }
    }

    // Nothing in it needs to be escaped.
    private sealed class Base64 : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteRawValue($"\"{value}\"", skipInputValidation: true);
    }
}
