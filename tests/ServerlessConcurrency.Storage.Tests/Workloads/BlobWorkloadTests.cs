using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Azurite;
using ServerlessConcurrency.Storage.Tests.Accounts;
using ServerlessConcurrency.Storage.Tests.Azurite;
using ServerlessConcurrency.Storage.Workloads;

namespace ServerlessConcurrency.Storage.Tests.Workloads;

[Collection(AzuriteFixture.Collection)]
public sealed class BlobWorkloadTests(AzuriteFixture azurite) : IDisposable
{
    private const int Guard = 120_000;
    private readonly StorageAccount _account = azurite.NewAccount();
    private readonly BlobWorkload _workload = new(new WorkloadEnvironment());

    public void Dispose() => _workload.Dispose();

    [Theory(Timeout = Guard)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(20_000)]
    public async Task Both_forms_compute_the_checksum_of_the_content_and_leave_no_blob(long sizeKiB)
    {
        using BlobWorkload workload = NewWorkload();
        var task = new TaskInput(sizeKiB, Index: 3, Seed: 42);
        byte[] content = new byte[sizeKiB * 1024];
        TaskContent.Fill(task, content);

        ulong blocking = await Task.Run(() => workload.Execute(task, new Execution()));
        ulong awaiting = await workload.ExecuteAsync(task, new Execution());

        Assert.Equal(TaskContent.ChecksumOf(content), blocking);
        Assert.Equal(blocking, awaiting);
        Assert.Empty(await _account.Blobs.GetBlobContainerClient(_account.Names.Workload).GetBlobsAsync().ToListAsync());
    }

    [Fact(Timeout = Guard)]
    public async Task A_container_that_was_deleted_is_created_again()
    {
        using BlobWorkload workload = NewWorkload();
        var task = new TaskInput(1, Index: 3, Seed: 42);
        ulong expected = await workload.ExecuteAsync(task, new Execution());

        await _account.Blobs.GetBlobContainerClient(_account.Names.Workload).DeleteAsync();
        Assert.Equal(expected, await workload.ExecuteAsync(task, new Execution()));
        await _account.Blobs.GetBlobContainerClient(_account.Names.Workload).DeleteAsync();
        Assert.Equal(expected, await Task.Run(() => workload.Execute(task, new Execution())));
    }

    [Fact(Timeout = Guard)]
    public async Task A_storage_that_was_waited_for_in_vain_is_not_waited_for_by_each_task_again()
    {
        using OtherServer away = OtherServer.Refusing(503, "ServerBusy", "Windows-Azure");
        using var workload = new BlobWorkload(new WorkloadEnvironment
        {
            StorageConnection = new AzuriteEndpoints(away.Port, away.Port, away.Port).ConnectionString,
            StoragePatienceSeconds = 1,
        });
        var first = await Assert.ThrowsAsync<StorageUnavailableException>(async () => await workload.ExecuteAsync(new TaskInput(1, 0, 1), new Execution()));
        int requests = away.Requests;

        for (int index = 1; index <= 100; index++)
        {
            var task = new TaskInput(1, index, 1);
            Assert.Equal(first.Message, (await Assert.ThrowsAsync<StorageUnavailableException>(async () => await workload.ExecuteAsync(task, new Execution()))).Message);
            Assert.Equal(first.Message, Assert.Throws<StorageUnavailableException>(() => workload.Execute(task, new Execution())).Message);
        }

        Assert.Equal(requests, away.Requests);
    }

    [Fact(Timeout = Guard)]
    public async Task Many_tasks_at_once_do_not_disturb_each_other()
    {
        using BlobWorkload workload = NewWorkload();
        ulong Expected(int index) => workload.Execute(new TaskInput(2, index, 1), new Execution());

        ulong[] parallel = await Task.WhenAll(Enumerable.Range(0, 64)
            .Select(index => workload.ExecuteAsync(new TaskInput(2, index, 1), new Execution()).AsTask()));

        Assert.Equal(64, parallel.Distinct().Count());
        Assert.Equal(Expected(5), parallel[5]);
    }

    [Fact]
    public void The_blocking_form_waits_only_where_a_model_can_see_it()
    {
        using BlobWorkload workload = NewWorkload();
        var execution = new CountingExecution();

        workload.Execute(new TaskInput(1, 0, 1), execution);

        Assert.Equal(1, execution.Waits);
    }

    [Fact]
    public void Without_storage_the_error_says_so()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => _workload.Execute(new TaskInput(1, 0, 1), new Execution()));
        Assert.Contains("--connection", exception.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Guard)]
    public async Task A_cancelled_task_ends_and_leaves_no_blob()
    {
        using BlobWorkload workload = NewWorkload();
        using var cancellation = new CancellationTokenSource();
        await workload.ExecuteAsync(new TaskInput(1, 0, 1), new Execution());
        Task<ulong> running = workload.ExecuteAsync(new TaskInput(60_000, 0, 1), new Execution(cancellation.Token)).AsTask();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Empty(await _account.Blobs.GetBlobContainerClient(_account.Names.Workload).GetBlobsAsync().ToListAsync());
    }

    private BlobWorkload NewWorkload() => new(new WorkloadEnvironment
    {
        StorageConnection = azurite.ConnectionString,
        StoragePrefix = _account.Names.Prefix,
    });

    private sealed class CountingExecution : Execution
    {
        public int Waits { get; private set; }

        public override TResult Wait<TState, TResult>(TState state, Func<TState, TResult> wait)
        {
            Waits++;
            return base.Wait(state, wait);
        }
    }
}
