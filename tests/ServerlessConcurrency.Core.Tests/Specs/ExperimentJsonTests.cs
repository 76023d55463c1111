using System.Text.Json;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Tests.Engine;

namespace ServerlessConcurrency.Core.Tests.Specs;

public sealed class ExperimentJsonTests
{
    [Fact]
    public async Task An_experiment_reads_back_as_it_was_written()
    {
        ExperimentDocument document = (await Experiment.RunAsync(Experiment.Spec("sequential", "threads", "event-loop"))).Document;

        foreach (JsonSerializerOptions options in new[] { ExperimentJson.Indented, ExperimentJson.Compact })
        {
            string json = JsonSerializer.Serialize(document, options);
            ExperimentDocument again = JsonSerializer.Deserialize<ExperimentDocument>(json, options)!;

            Assert.Equal(json, JsonSerializer.Serialize(again, options));
            Assert.Equal(document.Runs, again.Runs);
            Assert.Equal(document.Findings, again.Findings);
            Assert.Equal(document.Recommendation.Select(each => each.Reason), again.Recommendation.Select(each => each.Reason));
        }
    }

    [Fact]
    public async Task Names_and_values_are_those_of_the_documentation()
    {
        ExperimentDocument document = (await Experiment.RunAsync(Experiment.Spec("sequential", "threads"))).Document;

        using JsonDocument json = JsonSerializer.SerializeToDocument(document, ExperimentJson.Compact);
        JsonElement root = json.RootElement;

        Assert.All(["id", "spec", "environment", "runs", "analysis", "findings", "recommendation"], name => Assert.True(root.TryGetProperty(name, out _), name));
        Assert.Equal("completed", root.GetProperty("status").GetString());
        Assert.All(
            ["runId", "round", "workload", "size", "model", "degree", "tasks", "wallMs", "cpuMs", "contextSwitches", "peakRssBytes", "hosts", "checksum", "failed", "repeats", "load", "taskTimes"],
            name => Assert.True(root.GetProperty("runs")[0].TryGetProperty(name, out _), name));
        Assert.All(
            [
                "workload", "size", "model", "rounds", "medianMs", "ciLowMs", "ciHighMs", "speedup", "speedupLow", "speedupHigh",
                "efficiency", "pValue", "adjustedPValue", "effectSize", "verdict", "outliers", "repeats", "costPerMillionTasks",
            ],
            name => Assert.True(root.GetProperty("analysis")[0].TryGetProperty(name, out _), name));
        Assert.Equal("baseline", root.GetProperty("analysis")[0].GetProperty("verdict").GetString());
        Assert.Equal("warning", root.GetProperty("findings")[0].GetProperty("severity").GetString());
        Assert.Contains(root.GetProperty("analysis")[1].GetProperty("verdict").GetString(), new[] { "faster", "slower", "no-difference", "inconclusive" });
    }
}
