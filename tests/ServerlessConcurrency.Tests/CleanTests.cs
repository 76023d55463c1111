using System.Globalization;
using System.Text.Json.Nodes;
using Azure.Data.Tables.Models;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues.Models;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Connections;
using ServerlessConcurrency.Workers.Tests.Queue;

namespace ServerlessConcurrency.Tests;

public sealed class CleanTests(QueueStorage shared) : IClassFixture<QueueStorage>
{
    [Fact]
    public async Task Old_task_hubs_are_removed_with_all_that_belongs_to_them_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        await using StorageConnection storage = await OpenSharedAsync("old");
        string old = await CreateHubAsync(storage, DateTimeOffset.UtcNow.AddHours(-30), "0a1b2c");
        string young = await CreateHubAsync(storage, DateTimeOffset.UtcNow.AddHours(-2), "3d4e5f");
        await storage.Account.Queues.CreateQueueAsync($"{HubsOf(storage)}s-of-somebody-else");
        string oldId = ExperimentId.Create(DateTimeOffset.UtcNow.AddHours(-30));
        string youngId = ExperimentId.Create(DateTimeOffset.UtcNow.AddHours(-2));
        foreach (string id in new[] { oldId, youngId })
        {
            await storage.Account.Queues.CreateQueueAsync(storage.Account.Names.TasksOf(id));
            await storage.Account.Tables.CreateTableIfNotExistsAsync(storage.Account.Names.AttemptsOf(id));
        }

        (int exitCode, string output, string error) = await CleanAsync(folder, storage, "--json");

        Assert.True(exitCode == 0, error);
        Assert.Equal([old], JsonNode.Parse(output)!["taskHubs"]!.AsArray().Select(hub => (string)hub!));
        Assert.Equal([storage.Account.Names.TasksOf(oldId), storage.Account.Names.AttemptsOf(oldId)], JsonNode.Parse(output)!["queuesAndTables"]!.AsArray().Select(name => (string)name!));
        Assert.Equal([$"{young}-control-00", $"{young}-workitems", $"{HubsOf(storage)}s-of-somebody-else"], await QueuesAsync(storage));
        Assert.Equal([$"{young}History"], await TablesAsync(storage));

        (_, _, error) = await CleanAsync(folder, storage, "--older-than", "0");

        Assert.Contains("Removed 1 task hub and 2 queues and tables.", error, StringComparison.Ordinal);
        Assert.Equal([$"{HubsOf(storage)}s-of-somebody-else"], await QueuesAsync(storage));
    }

    [Fact]
    public async Task Of_a_hub_that_was_half_created_whatever_there_is_is_removed()
    {
        using var folder = new TemporaryFolder();
        await using StorageConnection storage = await OpenSharedAsync("half");
        await storage.Account.Queues.CreateQueueAsync($"{HubsOf(storage)}2602032104050a1b2c-control-00");
        await storage.Account.Tables.CreateTableIfNotExistsAsync($"{HubsOf(storage)}2602032104053d4e5fPartitions");
        await storage.Account.Blobs.CreateBlobContainerAsync($"{HubsOf(storage)}260203210405ffffff-leases");

        (int exitCode, string output, string error) = await CleanAsync(folder, storage, "--json");

        Assert.True(exitCode == 0, error);
        Assert.Equal(
            [$"{HubsOf(storage)}2602032104050a1b2c", $"{HubsOf(storage)}2602032104053d4e5f", $"{HubsOf(storage)}260203210405ffffff"],
            JsonNode.Parse(output)!["taskHubs"]!.AsArray().Select(hub => (string)hub!));
        Assert.Empty(await QueuesAsync(storage));
        Assert.Empty(await TablesAsync(storage));
        Assert.Empty(await storage.Account.Blobs.GetBlobContainersAsync(BlobContainerTraits.None, BlobContainerStates.None, HubsOf(storage), default).ToArrayAsync());
    }

    [Fact]
    public async Task Whoever_starts_the_emulator_removes_the_hubs_in_its_data_and_whoever_shares_it_does_not()
    {
        using var folder = new TemporaryFolder();
        string hub;
        await using (StorageConnection storage = await StorageConnection.OpenAsync(StorageConnection.Auto, workingFolder: folder.Path))
        {
            hub = await CreateHubAsync(storage, DateTimeOffset.UtcNow.AddSeconds(-2), "0a1b2c");

            Assert.Equal(0, (await Sconc.RunAsync(folder.Path, "list")).ExitCode);

            Assert.Contains($"{hub}-workitems", await QueuesAsync(storage));
        }

        Assert.Equal(0, (await Sconc.RunAsync(folder.Path, "list")).ExitCode);

        await using StorageConnection after = await StorageConnection.OpenAsync(StorageConnection.Auto, workingFolder: folder.Path);
        Assert.Empty(await QueuesAsync(after));
        Assert.Empty(await TablesAsync(after));
    }

    [Theory]
    [InlineData("-1", "-1 is out of range")]
    [InlineData("8761", "8761 is out of range")]
    [InlineData("0,5", "'0,5' is not a number")]
    [InlineData("1,000", "'1,000' is not a number")]
    [InlineData("soon", "'soon' is not a number")]
    public async Task An_age_out_of_range_is_refused(string hours, string mistake)
    {
        using var folder = new TemporaryFolder();

        (int exitCode, _, string error) = await Sconc.RunAsync(folder.Path, "clean", "--older-than", hours);

        Assert.Equal(2, exitCode);
        Assert.Contains($"--older-than: {mistake}; expected 0 to 8760", error, StringComparison.Ordinal);
    }

    private Task<StorageConnection> OpenSharedAsync(string prefix) => StorageConnection.OpenAsync(shared.ConnectionString, new StorageOptions { Prefix = prefix });

    private Task<(int ExitCode, string Out, string Error)> CleanAsync(TemporaryFolder folder, StorageConnection storage, string option, params string[] value) => Sconc.RunAsync(
        folder.Path, ["clean", "--connection", shared.ConnectionString, "--storage-prefix", storage.Account.Names.Prefix, option, .. value]);

    private static string HubsOf(StorageConnection storage) => $"{storage.Account.Names.Prefix}sconchub";

    private static async Task<string> CreateHubAsync(StorageConnection storage, DateTimeOffset created, string random)
    {
        string hub = $"{HubsOf(storage)}{created.UtcDateTime.ToString("yyMMddHHmmss", CultureInfo.InvariantCulture)}{random}";
        await storage.Account.Queues.CreateQueueAsync($"{hub}-workitems");
        await storage.Account.Queues.CreateQueueAsync($"{hub}-control-00");
        await storage.Account.Tables.CreateTableIfNotExistsAsync($"{hub}History");
        await storage.Account.Blobs.CreateBlobContainerAsync($"{hub}-leases");
        return hub;
    }

    private static async Task<string[]> QueuesAsync(StorageConnection storage) =>
        [.. (await storage.Account.Queues.GetQueuesAsync(prefix: HubsOf(storage)).ToArrayAsync()).Select((QueueItem queue) => queue.Name).Order(StringComparer.Ordinal)];

    private static async Task<string[]> TablesAsync(StorageConnection storage) =>
        [.. (await storage.Account.Tables.QueryAsync().ToArrayAsync()).Select((TableItem table) => table.Name).Where(name => name.StartsWith(HubsOf(storage), StringComparison.Ordinal))];
}
