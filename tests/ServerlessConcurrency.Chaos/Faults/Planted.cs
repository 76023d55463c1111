using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace ServerlessConcurrency.Chaos.Faults;

/// <summary>Damage to what a program has left that ended well: the inspection is to find it.</summary>
internal sealed class Planted(string name, Action<Scene, string> damage) : Fault
{
    public static IReadOnlyList<Planted> All { get; } =
    [
        new("a row is gone", static (_, folder) => ChangeRows(folder, rows => rows.RemoveAt(rows.Count - 1))),
        new("a row is there twice", static (_, folder) => ChangeRows(folder, rows => rows.Add(rows[^1]))),
        new("a row belongs to no run", static (_, folder) => ChangeRows(folder, rows => rows.Add(rows[^1].Replace(",r0", ",r9", StringComparison.Ordinal)))),
        new("a run computed something else", static (_, folder) => ChangeDocument(folder, document => document["runs"]![0]!["checksum"] = "0000000000000001")),
        new("a run failed", static (_, folder) => ChangeDocument(folder, document => document["runs"]![0]!["error"] = "it failed")),
        new("the status is another", static (_, folder) => ChangeDocument(folder, document => document["status"] = "running")),
        new("the document is torn", static (_, folder) => File.WriteAllText(DocumentIn(folder), File.ReadAllText(DocumentIn(folder))[..^10])),
        new("the document is gone", static (_, folder) => File.Delete(DocumentIn(folder))),
        new("a half-written file is left", static (_, folder) => File.WriteAllText(Path.Combine(folder, "report.html.new"), "")),
        new("a temporary file is left", static (scene, _) => File.WriteAllText(Path.Combine(SconcProcess.TemporaryFilesOf(scene.Folder), "left"), "")),
        new("a queue is left", static (scene, _) => new QueueServiceClient(scene.Connection[1]).CreateQueue($"{scene.Prefix[1]}left")),
        new("the storage lacks a run", static (scene, _) =>
        {
            BlobContainerClient timings = new BlobServiceClient(scene.Connection[1]).GetBlobContainerClient($"{scene.Prefix[1]}timings");
            timings.DeleteBlob(timings.GetBlobs().First().Name);
        }),
    ];

    public override string Name => name;

    public override string Happens => "";

    public override IReadOnlyList<int> ExitCodes => [0];

    public override Task InflictAsync(Scene scene, Random random) => Task.CompletedTask;

    public override Task<int> RecoverAsync(Scene scene, int exitCode)
    {
        damage(scene, Path.Combine(scene.Results, scene.Ids.Single()));
        return Task.FromResult(exitCode);
    }

    private static void ChangeRows(string folder, Action<List<string>> change)
    {
        string path = Path.Combine(folder, "timings.csv");
        List<string> rows = [.. File.ReadAllLines(path)];
        change(rows);
        File.WriteAllLines(path, rows);
    }

    private static void ChangeDocument(string folder, Action<JsonNode> change)
    {
        JsonNode document = JsonNode.Parse(File.ReadAllText(DocumentIn(folder)))!;
        change(document);
        File.WriteAllText(DocumentIn(folder), document.ToJsonString());
    }

    private static string DocumentIn(string folder) => Path.Combine(folder, "experiment.json");
}
