using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Reporting.DocumentFile;

namespace ServerlessConcurrency.Reporting.Tests;

public sealed class ExperimentFileTests
{
    private static readonly DocumentFileExporter<MeasurementDocument> Exporter = new("experiment.json");

    [Fact]
    public async Task The_file_has_the_documented_shape()
    {
        ExperimentDocument sample = SampleExperiment.Create(rounds: 2).Document;

        JsonObject json = JsonNode.Parse(await Written.ByAsync(Exporter, sample))!.AsObject();

        Assert.Equal(
            ["schemaVersion", "id", "status", "startedAt", "finishedAt", "error", "spec", "environment", "progress", "runs", "analysis", "findings", "recommendation", "prices"],
            Names(json));
        Assert.Equal(
            ["os", "cpu", "processors", "runtime", "engine", "limits", "configuration", "version", "commit", "gc", "tiering", "variables"],
            Names(json["environment"]));
        Assert.Equal(
            [
                "runId", "round", "workload", "size", "nature", "model", "degree", "inFlight", "tasks", "wallMs", "cpuMs", "contextSwitches", "peakRssBytes", "garbageCollections",
                "allocatedBytes", "repeats", "load", "taskTimes", "storageRequests", "processStartMs", "processesLost", "poisonMessages", "mismatches", "hosts",
                "threads", "checksum", "failed", "retried", "error", "isValid",
            ],
            Names(json["runs"]![0]));
        Assert.Equal(["voluntary", "involuntary"], Names(json["runs"]![0]!["contextSwitches"]));
        Assert.Equal(
            [
                "workload", "size", "model", "degree", "rounds", "medianMs", "ciLowMs", "ciHighMs", "repeats", "outliers", "speedup", "speedupLow", "speedupHigh",
                "efficiency", "pValue", "adjustedPValue", "effectSize", "verdict", "cpuMs", "costPerMillionTasks", "sporadicCostPerMillionTasks",
            ],
            Names(json["analysis"]![0]));
        Assert.Equal(["code", "severity", "message"], Names(json["findings"]![0]));
        Assert.Equal(
            ["workload", "size", "model", "reason", "isDecided", "candidates", "next", "breakEvenSize", "breakEvenLow", "breakEvenHigh"],
            Names(json["recommendation"]![0]));
        Assert.Equal("baseline", (string?)json["analysis"]![0]!["verdict"]);
        Assert.Equal("warning", (string?)json["findings"]![0]!["severity"]);
    }

    [Fact]
    public async Task What_was_written_is_read_back_unchanged()
    {
        ExperimentDocument sample = SampleExperiment.Create(rounds: 2).Document with { Error = HostileText.Value.Replace("\ud800", "", StringComparison.Ordinal) };
        string written = await Written.ByAsync(Exporter, sample);

        var read = JsonSerializer.Deserialize<ExperimentDocument>(written, ExperimentJson.Indented)!;

        Assert.Equal(written, await Written.ByAsync(Exporter, read));
        Assert.Equal(sample.Runs, read.Runs);
        Assert.Equal(sample.Error, read.Error);
    }

    private static IEnumerable<string> Names(JsonNode? node) => node!.AsObject().Select(property => property.Key);
}
