using System.Text.Json.Nodes;
using ServerlessConcurrency.Storage.Connections;

namespace ServerlessConcurrency.Tests;

/// <summary>What version 1 of the stored form has left in a folder: it stored a row of a table for every task attempt.</summary>
public sealed class EarlierVersionTests : IDisposable
{
    private const string Completed = "20261128-232535-rcb6";
    private const string Claims = "20261128-232604-drkt";
    private const string Cancelled = "20261128-232716-vkp9";

    private static readonly string Stored = Path.Combine(AppContext.BaseDirectory, "Stored", "schema1");
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Experiments_in_storage_are_listed_shown_exported_reported_and_deleted()
    {
        Copy(Path.Combine(Stored, "azurite"), Path.Combine(_folder.Path, ".azurite", "data"));
        // Or each command would start an Azurite of its own.
        await using StorageConnection storage = await StorageConnection.OpenAsync(StorageConnection.Auto, workingFolder: _folder.Path);

        JsonNode[] listed = [.. JsonNode.Parse(await RunAsync("list", "--json"))!.AsArray().Select(experiment => experiment!)];
        Assert.Equal([Cancelled, Claims, Completed], listed.Select(experiment => (string)experiment["id"]!));
        Assert.Equal(["cancelled", "completed", "completed"], listed.Select(experiment => (string)experiment["status"]!));

        await AssertKeptAsync();

        await RunAsync("delete", Completed);
        (int exitCode, _, _) = await Sconc.RunAsync(_folder.Path, "show", Completed);
        Assert.Equal(2, exitCode);
        Assert.Equal(2, JsonNode.Parse(await RunAsync("list", "--json"))!.AsArray().Count);
        Assert.Contains(Cancelled, await RunAsync("export", Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Experiments_in_files_are_shown_exported_and_reported()
    {
        Copy(Path.Combine(Stored, "files"), Path.Combine(_folder.Path, "results"));

        await AssertKeptAsync("--connection", "none");
    }

    public void Dispose() => _folder.Dispose();

    private async Task AssertKeptAsync(params string[] options)
    {
        foreach (string id in new[] { Completed, Cancelled })
        {
            JsonNode shown = JsonNode.Parse(await RunAsync(["show", id, "--json", .. options]))!;
            JsonNode stored = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Stored, "files", id, "experiment.json")))!;
            foreach (string part in new[] { "status", "spec", "runs", "analysis", "recommendation" })
                Assert.True(JsonNode.DeepEquals(stored[part], shown[part]), $"{id}: {part}");
            Assert.Equal(await File.ReadAllTextAsync(Path.Combine(Stored, "files", id, "timings.csv")), await RunAsync(["export", id, .. options]), ignoreLineEndingDifferences: true);
            Assert.Contains("report.html", await RunAsync(["report", id, .. options]), StringComparison.Ordinal);
        }

        Assert.Contains("C6", await RunAsync(["show", Claims, .. options]), StringComparison.Ordinal);
    }

    private async Task<string> RunAsync(params string[] arguments)
    {
        (int exitCode, string output, string error) = await Sconc.RunAsync(_folder.Path, arguments);
        Assert.True(exitCode == 0, $"{string.Join(' ', arguments)}: {error}");
        return output;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string folder in Directory.EnumerateDirectories(from))
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
        foreach (string file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
