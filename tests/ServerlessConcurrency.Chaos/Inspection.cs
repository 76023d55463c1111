using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace ServerlessConcurrency.Chaos;

/// <summary>Compares what a program has left with what docs/reliability.md promises.</summary>
internal sealed partial class Inspection(Fault fault, Scene scene)
{
    private static readonly string[] Kept = ["experiments", "runs", "timings", "reports", "workload", "tasks", "tasks-poison"];
    private static readonly TimeSpan PatienceWithChildren = TimeSpan.FromSeconds(20);
    private readonly List<string> _broken = [];

    /// <summary>How many runs and tasks were looked at.</summary>
    public (int Runs, int Tasks) Seen { get; private set; }

    /// <summary>Finds what is not as promised. Without a connection string the program had an emulator of its own, which has ended.</summary>
    public async Task<IReadOnlyList<string>> FindBrokenAsync(int exitCode, string? connectionString)
    {
        Require(fault.ExitCodes.Contains(exitCode), $"exit code {exitCode}");
        string said = scene.Program!.Error + scene.Program.Out;
        if (StackTrace().Match(said) is { Success: true } trace)
            Require(false, $"says '{trace.Value.Trim()}'");
        await RequireNoProcessAsync();
        foreach (string id in scene.Ids)
            await InspectAsync(id, exitCode);
        bool isWhole = exitCode is 0 or 130 && !fault.MayLoseStorage && scene.Program.Processes().Count == 0;
        if (connectionString is not null)
            RequireNothingLeft(connectionString, isWhole && !scene.IsKilled ? "" : await CleanAsync());
        // What a killed program leaves is removed by age.
        if (isWhole && !scene.IsKilled)
        {
            string[] left =
            [
                .. Directory.EnumerateFiles(SconcProcess.TemporaryFilesOf(scene.Folder), "*", SearchOption.AllDirectories),
                .. Directory.Exists(scene.Results) ? Directory.EnumerateFiles(scene.Results, "*.new", SearchOption.AllDirectories) : [],
            ];
            Require(left.Length == 0, $"leaves {string.Join(", ", left)}");
        }

        return _broken;
    }

    private async Task InspectAsync(string id, int exitCode)
    {
        string folder = Path.Combine(scene.Results, id);
        JsonNode? document = ReadDocument(Path.Combine(folder, "experiment.json"));
        if (document is null)
        {
            Require(exitCode is not 0 and not 130 || fault.MayLoseFiles, $"{id} has no experiment.json");
            return;
        }

        string status = (string)document["status"]!;
        string[] statuses = exitCode switch
        {
            0 => ["completed"],
            130 => ["cancelled"],
            _ => ["failed", "completed", "cancelled"],
        };
        Require(statuses.Contains(status), $"exit code {exitCode}, and experiment.json says {status}");

        string timings = Path.Combine(folder, "timings.csv");
        List<string> rows = File.Exists(timings) ? SharedFile.ReadLines(timings) : [];
        JsonNode[] runs = [.. document["runs"]!.AsArray().Select(run => run!)];
        if (!fault.MayLoseFiles)
            Inspect("timings.csv", rows, runs, isWhole: true);
        (int exported, string stored, string error) = await SconcProcess.RunAsync(scene.Folder, ["export", id, .. scene.Connection, .. scene.Prefix]);
        List<string> storedRows = [.. stored.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        bool isWhole = exitCode is 0 or 130 && !fault.MayLoseStorage;
        if (exported != 0)
        {
            Require(!isWhole, $"export: {error}");
            return;
        }

        Inspect("storage", storedRows, runs, isWhole);
        if (isWhole && !fault.MayLoseFiles)
            Require(rows.Order(StringComparer.Ordinal).SequenceEqual(storedRows.Order(StringComparer.Ordinal)), "the storage has other rows than timings.csv");
        if (isWhole)
        {
            (_, string shown, _) = await SconcProcess.RunAsync(scene.Folder, ["show", id, "--json", .. scene.Connection, .. scene.Prefix]);
            Require((string)JsonNode.Parse(shown)!["status"]! == status, "the storage has another status than experiment.json");
        }
    }

    private void Inspect(string where, List<string> rows, JsonNode[] runs, bool isWhole)
    {
        ILookup<string, string[]> byRun = rows.Skip(1).Select(row => row.Split(',')).ToLookup(cells => cells[1]);
        foreach (JsonNode run in runs)
        {
            string id = (string)run["runId"]!;
            if (run["error"] is { } error)
            {
                // Its tasks are not promised, but it is never an error of a fault that the program was to survive.
                Require(fault.ExitCodes is not [0], $"{id} failed: {error}");
                continue;
            }

            string[][] succeeded = [.. byRun[id].Where(cells => cells[^1] == "succeeded")];
            if (succeeded.Length == 0 && !isWhole)
                continue;
            int[] tasks = [.. succeeded.Select(cells => int.Parse(cells[7], CultureInfo.InvariantCulture)).Order()];
            Require(
                tasks.SequenceEqual(Enumerable.Range(0, Scene.Tasks)),
                $"{where}: {id} has {tasks.Length} tasks that succeeded, {tasks.Distinct().Count()} different ones, of {Scene.Tasks}");
            Seen = (Seen.Runs + 1, Seen.Tasks + tasks.Length);
        }

        Require(runs.Where(run => run["error"] is null).Select(run => (string)run["checksum"]!).Distinct().Count() < 2, "runs have different checksums");
        string[] unknown = [.. byRun.Select(group => group.Key).Except(runs.Select(run => (string)run["runId"]!))];
        Require(unknown.Length == 0 || !isWhole, $"{where} has rows of {string.Join(", ", unknown)}, which experiment.json does not know");
    }

    private async Task RequireNoProcessAsync()
    {
        long end = Environment.TickCount64 + (long)PatienceWithChildren.TotalMilliseconds;
        while (scene.Program!.Processes().Count > 0 && Environment.TickCount64 < end)
            await Task.Delay(100);
        Require(scene.Program.Processes().Count == 0, $"{scene.Program.Processes().Count} processes outlive it");
    }

    // What a program leaves that did not reach its storage at the end.
    private async Task<string> CleanAsync()
    {
        (int exitCode, _, string error) = await SconcProcess.RunAsync(scene.Folder, ["clean", "--older-than", "0", .. scene.Connection, .. scene.Prefix]);
        return exitCode == 0 ? " after `sconc clean`" : $" after `sconc clean` ({error.Trim()})";
    }

    private void RequireNothingLeft(string connectionString, string after)
    {
        string prefix = scene.Prefix[1];
        string[] left =
        [
            .. new QueueServiceClient(connectionString).GetQueues(prefix: prefix).Select(queue => queue.Name),
            .. new TableServiceClient(connectionString).Query().Select(table => table.Name).Where(name => name.StartsWith(prefix, StringComparison.Ordinal)),
            .. new BlobServiceClient(connectionString).GetBlobContainers(prefix: prefix).Select(container => container.Name),
        ];
        left = [.. left.Where(name => !Kept.Contains(name[prefix.Length..]) && !IsOfAnother(name))];
        Require(left.Length == 0, $"leaves {string.Join(", ", left)} in the storage{after}");
    }

    // Hosts may go on with what an earlier schedule has told of.
    private bool IsOfAnother(string name) =>
        scene.Hosts is not null
        && ExperimentIdAtEnd().IsMatch(name)
        && !scene.Ids.Any(id => name.EndsWith(id, StringComparison.Ordinal) || name.EndsWith(id.Replace("-", "", StringComparison.Ordinal), StringComparison.Ordinal));

    private JsonNode? ReadDocument(string path)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            return JsonNode.Parse(string.Concat(SharedFile.ReadLines(path)));
        }
        catch (System.Text.Json.JsonException exception)
        {
            Require(false, $"experiment.json cannot be read: {exception.Message}");
            return null;
        }
    }

    // What a task failed of begins with the name of its exception, too, but without the namespace.
    [GeneratedRegex(@"^ {3}at |Unhandled exception|\w\.\w+Exception:", RegexOptions.Multiline)]
    private static partial Regex StackTrace();

    [GeneratedRegex("[0-9]{8}-?[0-9]{6}-?[a-z0-9]{4}$")]
    private static partial Regex ExperimentIdAtEnd();

    private void Require(bool holds, string otherwise)
    {
        if (!holds)
            _broken.Add(otherwise);
    }
}
