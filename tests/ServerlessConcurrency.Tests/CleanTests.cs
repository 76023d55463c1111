using System.Globalization;
using System.Text.Json.Nodes;
using Azure.Data.Tables.Models;
using Azure.Storage.Queues.Models;
using ServerlessConcurrency.Storage.Connections;

namespace ServerlessConcurrency.Tests;

public sealed class CleanTests
{
    [Fact]
    public async Task Old_task_hubs_are_removed_with_all_that_belongs_to_them_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        await using StorageConnection storage = await StorageConnection.OpenAsync(StorageConnection.Auto, workingFolder: folder.Path);
        string old = await CreateHubAsync(storage, DateTimeOffset.UtcNow.AddHours(-30), "0a1b2c");
        string young = await CreateHubAsync(storage, DateTimeOffset.UtcNow.AddHours(-2), "3d4e5f");
        await storage.Account.Queues.CreateQueueAsync("sconchubs-of-somebody-else");

        (int exitCode, string output, string error) = await Sconc.RunAsync(folder.Path, "clean", "--json");

        Assert.True(exitCode == 0, error);
        Assert.Equal([old], JsonNode.Parse(output)!["taskHubs"]!.AsArray().Select(hub => (string)hub!));
        Assert.Equal([$"{young}-control-00", $"{young}-workitems", "sconchubs-of-somebody-else"], await QueuesAsync(storage));
        Assert.Equal([$"{young}History"], await TablesAsync(storage));

        (_, _, error) = await Sconc.RunAsync(folder.Path, "clean", "--older-than", "0");

        Assert.Contains("Removed 1 task hub.", error, StringComparison.Ordinal);
        Assert.Equal(["sconchubs-of-somebody-else"], await QueuesAsync(storage));
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

    private static async Task<string> CreateHubAsync(StorageConnection storage, DateTimeOffset created, string random)
    {
        string hub = $"sconchub{created.UtcDateTime.ToString("yyMMddHHmmss", CultureInfo.InvariantCulture)}{random}";
        await storage.Account.Queues.CreateQueueAsync($"{hub}-workitems");
        await storage.Account.Queues.CreateQueueAsync($"{hub}-control-00");
        await storage.Account.Tables.CreateTableIfNotExistsAsync($"{hub}History");
        await storage.Account.Blobs.CreateBlobContainerAsync($"{hub}-leases");
        return hub;
    }

    private static async Task<string[]> QueuesAsync(StorageConnection storage) =>
        [.. (await storage.Account.Queues.GetQueuesAsync(prefix: "sconchub").ToArrayAsync()).Select((QueueItem queue) => queue.Name).Order(StringComparer.Ordinal)];

    private static async Task<string[]> TablesAsync(StorageConnection storage) =>
        [.. (await storage.Account.Tables.QueryAsync().ToArrayAsync()).Select((TableItem table) => table.Name).Where(name => name.StartsWith("sconchub", StringComparison.Ordinal))];
}
