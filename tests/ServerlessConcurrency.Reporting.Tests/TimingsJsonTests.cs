using System.Text.Json;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Reporting.TimingsCsv;
using ServerlessConcurrency.Reporting.TimingsJson;

namespace ServerlessConcurrency.Reporting.Tests;

public sealed class TimingsJsonTests
{
    [Fact]
    public async Task The_rows_are_those_of_the_csv()
    {
        IReadOnlyList<RunTimings> runs = SampleExperiment.Create(rounds: 1).Timings;
        IReadOnlyList<string[]> csv = CsvParser.Parse(await Written.ByAsync(new TimingsCsvExporter(), "id", runs));

        using var json = JsonDocument.Parse(await Written.ByAsync(new TimingsJsonExporter(), "id", runs));

        Assert.Equal(csv.Count - 1, json.RootElement.GetArrayLength());
        foreach ((JsonElement row, string[] fields) in json.RootElement.EnumerateArray().Zip(csv.Skip(1)))
        {
            Assert.Equal(csv[0], row.EnumerateObject().Select(property => property.Name));
            Assert.Equal(fields, row.EnumerateObject().Select(Text));
        }
    }

    [Fact]
    public async Task Without_any_run_the_array_is_empty()
    {
        using var json = JsonDocument.Parse(await Written.ByAsync(new TimingsJsonExporter(), "id", []));

        Assert.Equal(0, json.RootElement.GetArrayLength());
    }

    private static string Text(JsonProperty property) => property.Name.EndsWith("Ms", StringComparison.Ordinal)
        ? FormattableString.Invariant($"{property.Value.GetDouble():F4}")
        : property.Value.ToString();
}
