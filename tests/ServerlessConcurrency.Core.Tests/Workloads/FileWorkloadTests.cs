using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Tests.Workloads;

public sealed class FileWorkloadTests
{
    [Fact]
    public async Task No_file_is_left_behind()
    {
        using var folder = new TemporaryFolder();
        var workload = new FileWorkload(new WorkloadEnvironment { FileFolder = folder.Path });

        workload.Execute(new TaskInput(100, 0, 42), new Execution());
        await workload.ExecuteAsync(new TaskInput(100, 1, 42), new Execution());

        Assert.Empty(folder.Entries);
    }

    [Fact]
    public async Task No_file_is_left_behind_when_tasks_are_cancelled_in_the_middle()
    {
        using var folder = new TemporaryFolder();
        var workload = new FileWorkload(new WorkloadEnvironment { FileFolder = folder.Path });
        using var cancellation = new CancellationTokenSource();
        var execution = new Execution(cancellation.Token);
        Task[] tasks =
        [
            .. Enumerable.Range(0, 40).Select(index => Task.Run(async () =>
            {
                while (true)
                    await workload.ExecuteAsync(new TaskInput(512, index, 42), execution);
            })),
        ];

        await Patience.UntilAsync(() => folder.Entries.Length > 0, "a file is being written");
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(tasks).Patiently());
        Assert.All(tasks, task => Assert.True(task.IsCanceled));
        Assert.Empty(folder.Entries);
    }

    [Fact]
    public async Task However_many_tasks_are_begun_at_once_few_files_are_open()
    {
        using var folder = new TemporaryFolder();
        var workload = new FileWorkload(new WorkloadEnvironment { FileFolder = folder.Path });
        Task<ulong>[] tasks =
        [
            .. Enumerable.Range(0, 3 * FileWorkload.MostOpenFiles).Select(index =>
                workload.ExecuteAsync(new TaskInput(1, index, 42), new Execution()).AsTask()),
        ];

        int most = 0;
        Task all = Task.WhenAll(tasks);
        await Patience.UntilAsync(
            () =>
            {
                most = Math.Max(most, folder.Entries.Length);
                return all.IsCompleted;
            },
            "all tasks are done");

        await all;
        Assert.InRange(most, 1, FileWorkload.MostOpenFiles);
        Assert.Empty(folder.Entries);
    }

    [Fact]
    public async Task A_folder_that_does_not_exist_is_named()
    {
        var workload = new FileWorkload(new WorkloadEnvironment { FileFolder = Path.Combine(Path.GetTempPath(), "sconc-no-such-folder") });

        IOException blocking = Assert.ThrowsAny<IOException>(() => workload.Execute(new TaskInput(1, 0, 42), new Execution()));
        IOException awaiting = await Assert.ThrowsAnyAsync<IOException>(
            () => workload.ExecuteAsync(new TaskInput(1, 0, 42), new Execution()).AsTask());

        Assert.Contains("sconc-no-such-folder", blocking.Message, StringComparison.Ordinal);
        Assert.Contains("sconc-no-such-folder", awaiting.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_come_back_different_are_an_error_that_says_where()
    {
        byte[] written = new byte[1024];
        TaskContent.Fill(new TaskInput(1, 0, 42), written);
        byte[] read = [.. written];
        read[512] ^= 1;

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => TaskContent.Verify(written, read, "the-file"));

        Assert.Contains("the-file", error.Message, StringComparison.Ordinal);
        Assert.Equal(TaskContent.ChecksumOf(written), TaskContent.Verify(written, [.. written], "the-file"));
    }
}
