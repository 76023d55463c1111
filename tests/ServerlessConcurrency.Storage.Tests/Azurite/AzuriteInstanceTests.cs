using System.Diagnostics;
using Azure.Data.Tables;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Azurite;

namespace ServerlessConcurrency.Storage.Tests.Azurite;

public sealed class AzuriteInstanceTests : IDisposable
{
    private const int Guard = 180_000;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = Guard)]
    public async Task Two_users_of_a_folder_share_one_instance_which_ends_with_the_last_and_its_data_is_there_for_the_next()
    {
        var first = await AzuriteInstance.AcquireOwnAsync(_folder.Path);
        int processId = ProcessId();
        var second = await AzuriteInstance.AcquireOwnAsync(_folder.Path);
        Assert.Equal(first.ConnectionString, second.ConnectionString);
        Assert.Equal(processId, ProcessId());

        await first.DisposeAsync();
        await WriteAsync(second.ConnectionString);

        await second.DisposeAsync();
        Assert.False(AzuriteLease.IsAlive(processId));
        Assert.False(File.Exists(Path.Combine(_folder.Path, ".azurite", "instance.json")));

        await using AzuriteInstance next = await AzuriteInstance.AcquireOwnAsync(_folder.Path);
        TableEntity entity = await Table(next.ConnectionString).GetEntityAsync<TableEntity>("p", "r");
        Assert.Equal(7, entity.GetInt32("Value"));
    }

    [Fact(Timeout = Guard)]
    public async Task Programs_started_at_the_same_moment_share_one_instance()
    {
        HolderProcess[] programs = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => HolderProcess.StartAsync(_folder.Path)));
        int processId = ProcessId();
        Assert.Single(programs.Select(program => program.ConnectionString).Distinct());

        foreach (HolderProcess program in programs)
        {
            Assert.True(AzuriteLease.IsAlive(processId));
            await program.EndAsync();
            await program.DisposeAsync();
        }

        Assert.False(AzuriteLease.IsAlive(processId));
    }

    [Fact(Timeout = Guard)]
    public async Task Azurite_ends_when_its_only_program_is_killed()
    {
        await using HolderProcess program = await HolderProcess.StartAsync(_folder.Path);
        int processId = ProcessId();
        Assert.True(AzuriteLease.IsAlive(processId));

        await program.KillAsync();

        await Eventually.True(() => !AzuriteLease.IsAlive(processId), "Azurite has ended");
    }

    [Fact(Timeout = Guard)]
    public async Task Azurite_outlives_the_program_that_started_it_while_another_needs_it()
    {
        await using HolderProcess starter = await HolderProcess.StartAsync(_folder.Path);
        await using AzuriteInstance other = await AzuriteInstance.AcquireOwnAsync(_folder.Path);
        Assert.Equal(starter.ConnectionString, other.ConnectionString);

        await starter.KillAsync();

        await WriteAsync(other.ConnectionString);
    }

    [Fact(Timeout = Guard)]
    public async Task A_program_that_comes_while_Azurite_ends_gets_a_new_one_with_the_same_data()
    {
        for (int round = 0; round < 2; round++)
        {
            HolderProcess program = await HolderProcess.StartAsync(_folder.Path);
            await WriteAsync(program.ConnectionString);
            await program.KillAsync();
            await program.DisposeAsync();

            await using AzuriteInstance next = await AzuriteInstance.AcquireOwnAsync(_folder.Path);
            TableEntity entity = await Table(next.ConnectionString).GetEntityAsync<TableEntity>("p", "r");
            Assert.Equal(7, entity.GetInt32("Value"));
        }
    }

    [Fact(Timeout = Guard)]
    public async Task Azurites_of_different_folders_do_not_disturb_each_other()
    {
        using var otherFolder = new TemporaryFolder();
        await using AzuriteInstance one = await AzuriteInstance.AcquireOwnAsync(_folder.Path);
        await using (AzuriteInstance other = await AzuriteInstance.AcquireOwnAsync(otherFolder.Path))
        {
            await WriteAsync(other.ConnectionString);
            Assert.NotEqual(one.ConnectionString, other.ConnectionString);
        }

        Assert.Empty(await StorageAccount.Parse(one.ConnectionString).Tables.QueryAsync().ToListAsync());
    }

    [Fact(Timeout = Guard)]
    public async Task Azurite_that_dies_is_started_again_with_its_data_where_it_was_and_for_all_its_programs()
    {
        var said = new Said();
        await using AzuriteInstance instance = await AzuriteInstance.AcquireOwnAsync(_folder.Path, said);
        await using AzuriteInstance other = await AzuriteInstance.AcquireOwnAsync(_folder.Path);
        await WriteAsync(instance.ConnectionString);
        for (int death = 1; death <= 2; death++)
        {
            int processId = ProcessId();
            using (var azurite = Process.GetProcessById(processId))
                azurite.Kill();

            await WriteAsync(instance.ConnectionString);

            Assert.NotEqual(processId, ProcessId());
            await Eventually.True(() => said.Lines.Count(line => line.Contains("runs again", StringComparison.Ordinal)) == death, "it is told");
        }

        int last = ProcessId();
        await other.DisposeAsync();
        await instance.DisposeAsync();
        Assert.False(AzuriteLease.IsAlive(last));
    }

    [Fact(Timeout = Guard)]
    public async Task Ctrl_C_reaches_Azurite_too_and_does_not_end_it()
    {
        // Windows has no signals to send; its consoles do not reach Azurite.
        if (OperatingSystem.IsWindows())
            return;
        await using AzuriteInstance instance = await AzuriteInstance.AcquireOwnAsync(_folder.Path);
        int processId = ProcessId();
        foreach (string signal in (string[])["INT", "TERM", "HUP"])
        {
            using (Process kill = Process.Start("kill", [$"-{signal}", $"{processId}"]))
                await kill.WaitForExitAsync();

            await WriteAsync(instance.ConnectionString);
            Assert.Equal(processId, ProcessId());
        }
    }

    [Fact(Timeout = Guard)]
    public async Task A_stale_instance_file_is_no_obstacle()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder.Path, ".azurite")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, "instance.json"), """{ "pid": 1, "controlPort": 1, "token": "none" }""");

        await using AzuriteInstance instance = await AzuriteInstance.AcquireOwnAsync(_folder.Path);
        await WriteAsync(instance.ConnectionString);
    }

    [Fact(Timeout = Guard)]
    public async Task The_data_of_an_Azurite_that_lives_in_another_container_is_left_alone_and_one_whose_folder_another_has_taken_ends()
    {
        string folder = Path.Combine(_folder.Path, ".azurite");
        var said = new Said();
        await using AzuriteInstance instance = await AzuriteInstance.AcquireOwnAsync(_folder.Path, said);
        AzuriteInstanceFile file = AzuriteInstanceFile.Read(folder)!;
        Assert.Equal(AzuriteInstanceFile.Here, file.Place);
        (file with { Place = "elsewhere", ControlPort = 1 }).Write(folder);

        var exception = await Assert.ThrowsAsync<StorageUnavailableException>(() => AzuriteInstance.AcquireOwnAsync(_folder.Path));

        Assert.Contains($"the Azurite of {Environment.MachineName} (process {file.Pid} there)", exception.Message, StringComparison.Ordinal);
        await WriteAsync(instance.ConnectionString);

        (file with { Token = "another", Pid = 1, ControlPort = 1 }).Write(folder);

        await Eventually.True(() => !AzuriteLease.IsAlive(file.Pid), "it has ended");
        await Eventually.True(() => said.Lines.Exists(line => line.Contains("runs again", StringComparison.Ordinal)), "the programs here have one again");
    }

    [Fact(Timeout = Guard)]
    public async Task What_an_Azurite_left_that_died_in_another_container_is_no_obstacle()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder.Path, ".azurite")).FullName;
        new AzuriteInstanceFile(1, 1, "none", "other", "elsewhere").Write(folder);

        await using AzuriteInstance instance = await AzuriteInstance.AcquireOwnAsync(_folder.Path);
        await WriteAsync(instance.ConnectionString);
    }

    [Fact(Timeout = Guard)]
    public async Task An_end_without_having_saved_is_an_error_also_when_it_is_the_disk_that_is_full()
    {
        if (OperatingSystem.IsWindows())
            return;
        AzuriteInstance instance = await AzuriteInstance.AcquireOwnAsync(_folder.Path);
        await WriteAsync(instance.ConnectionString);
        // A file whose place is taken by a folder can be written as little as one on a full disk.
        string data = Path.Combine(_folder.Path, ".azurite", "data");
        foreach (string service in new[] { "blob", "queue", "table", "blob_extent", "queue_extent" })
        {
            File.Delete(Path.Combine(data, $"__azurite_db_{service}__.json~"));
            Directory.CreateDirectory(Path.Combine(data, $"__azurite_db_{service}__.json~", "in-the-way"));
        }

        await WriteAsync(instance.ConnectionString);
        var exception = await Assert.ThrowsAsync<StorageUnavailableException>(async () => await instance.DisposeAsync());

        Assert.Contains("ended without saving its data", exception.Message, StringComparison.Ordinal);
        Assert.Contains("EISDIR", exception.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Guard)]
    public async Task What_Azurite_says_when_it_does_not_start_is_in_the_error()
    {
        NodeRuntime node = await NodeRuntime.FindAsync(Environment.GetEnvironmentVariable("PATH"), CancellationToken.None);
        string script = Path.Combine(_folder.Path, "broken.js");
        await File.WriteAllTextAsync(script, "console.error('the disk is made of cheese'); process.exit(3);");

        var exception = await Assert.ThrowsAsync<StorageUnavailableException>(
            () => AzuriteHost.StartAsync(_folder.Path, node, script, ports: null, CancellationToken.None));

        Assert.Contains("the disk is made of cheese", exception.Message, StringComparison.Ordinal);
        Assert.Contains("exit code 3", exception.Message, StringComparison.Ordinal);
    }

    private static TableClient Table(string connectionString) =>
        StorageAccount.Parse(connectionString).Tables.GetTableClient("survivors");

    private static async Task WriteAsync(string connectionString)
    {
        TableClient table = Table(connectionString);
        await table.CreateIfNotExistsAsync();
        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["Value"] = 7 });
    }

    private int ProcessId() => AzuriteInstanceFile.Read(Path.Combine(_folder.Path, ".azurite"))!.Pid;
}
