using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Tests.Engine;

namespace ServerlessConcurrency.Core.Tests.Documents;

public class ExperimentDocumentTests
{
    [Theory]
    [InlineData("runs", "run r0001-001 is there twice")]
    [InlineData("analysis", "analysis (primes, 500, sequential) is there twice")]
    public async Task What_can_be_there_only_once_is_refused_when_it_is_there_twice(string field, string expected)
    {
        ExperimentDocument document = (await Experiment.RunAsync(Experiment.Spec("sequential"))).Document;
        JsonNode json = JsonSerializer.SerializeToNode<MeasurementDocument>(document, ExperimentJson.Compact)!;
        Assert.NotNull(json.Deserialize<MeasurementDocument>(ExperimentJson.Compact));
        JsonArray elements = json[field]!.AsArray();
        elements.Add(elements[0]!.DeepClone());

        var error = Assert.Throws<JsonException>(() => json.Deserialize<MeasurementDocument>(ExperimentJson.Compact));

        Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
    }
}
