using System.Diagnostics;
using Azure.Data.Tables;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Azurite;

namespace ServerlessConcurrency.Storage.Tests.Azurite;

public sealed class AzuriteInstanceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 120_000)]
    public async Task Two_programs_share_one_instance_and_it_ends_with_the_last()
    {
        var first = await AzuriteInstance.AcquireOwnAsync(_folder.Path);
        int processId = ProcessId();
        var second = await AzuriteInstance.AcquireOwnAsync(_folder.Path);
        Assert.Equal(first.ConnectionString, second.ConnectionString);
        Assert.Equal(processId, ProcessId());

        await first.DisposeAsync();
        await using (StorageConnection connection = await StorageConnection.OpenAsync(second.ConnectionString))
            await connection.Account.Tables.CreateTableAsync("still");

        await second.DisposeAsync();
        Assert.False(IsRunning(processId));
    }

    [Fact(Timeout = 120_000)]
    public async Task Data_survives_the_end_of_the_last_program()
    {
        await using (AzuriteInstance instance = await AzuriteInstance.AcquireOwnAsync(_folder.Path))
        {
            TableClient table = Table(instance);
            await table.CreateIfNotExistsAsync();
            await table.UpsertEntityAsync(new TableEntity("p", "r") { ["Value"] = 7 });
        }

        await using (AzuriteInstance instance = await AzuriteInstance.AcquireOwnAsync(_folder.Path))
        {
            TableEntity entity = await Table(instance).GetEntityAsync<TableEntity>("p", "r");
            Assert.Equal(7, entity.GetInt32("Value"));
        }
    }

    private static TableClient Table(AzuriteInstance instance) =>
        StorageAccount.Parse(instance.ConnectionString).Tables.GetTableClient("survivors");

    private int ProcessId() => AzuriteInstanceFile.Read(Path.Combine(_folder.Path, ".azurite"))!.Pid;

    private static bool IsRunning(int processId)
    {
        try
        {
            using Process process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
