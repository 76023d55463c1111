using System.Text.Json;
using System.Text.Json.Serialization;

namespace ServerlessConcurrency.Reporting.Timelines;

/// <summary>Who ran what when, as the page's script reads it.</summary>
/// <param name="TickMicroseconds">The unit of the packed times.</param>
/// <param name="First">Which run is shown first.</param>
/// <param name="Attempts">How many task attempts there are.</param>
/// <param name="Packed">
/// Base 64 of what gzip makes of five columns, one after another, each of all runs in their order and of all their lanes: begin (from the
/// second of a lane on as the distance to the one before), wait, duration and task index as 32-bit integers, then a byte with the outcome and, from
/// its fourth bit on, the attempts before.
/// </param>
/// <param name="LeftOut">What is not shown, in a sentence; null where nothing is left out.</param>
internal sealed record Timeline(
    int TickMicroseconds,
    IReadOnlyList<string> Hosts,
    IReadOnlyList<TimelineRun> Runs,
    int First,
    int Attempts,
    [property: JsonConverter(typeof(Timeline.Base64))] string Packed,
    string? LeftOut)
{
    public string Kind { get; } = "timeline";

    // Nothing in it needs to be escaped.
    private sealed class Base64 : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteRawValue($"\"{value}\"", skipInputValidation: true);
    }
}
