using Azure.Storage.Queues;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Queueing;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Experiments;
using ServerlessConcurrency.Storage.Queues;
using ServerlessConcurrency.Storage.Tests.Azurite;
using ServerlessConcurrency.Storage.Workloads;

namespace ServerlessConcurrency.Storage.Tests.Accounts;

/// <summary>The count is one for the whole process: these tests run while no others do.</summary>
[CollectionDefinition(RequestCountTests.Alone, DisableParallelization = true)]
public sealed class AloneInProcess;

[Collection(Alone)]
public sealed class RequestCountTests(AzuriteFixture azurite) : IClassFixture<AzuriteFixture>
{
    public const string Alone = "Alone in the process";
    private const int Guard = 120_000;

    private readonly StorageAccount _account = azurite.NewAccount();

    [Fact(Timeout = Guard)]
    public async Task Every_request_to_queues_counts()
    {
        var backend = new StorageQueueBackend(_account);
        ITaskQueue queue = backend.OpenQueue("20260131-093000-aaaa");
        await queue.CreateAsync();

        StorageRequests requests = await CountAsync(async () =>
        {
            await queue.SendAsync(Enumerable.Range(0, 20).Select(NewTask));
            IReadOnlyList<ReceivedTask> received = await queue.ReceiveAsync(20, TimeSpan.FromMinutes(1));
            foreach (ReceivedTask message in received)
                await queue.CompleteAsync(message);
            Assert.Empty(await queue.ReceiveAsync(20, TimeSpan.FromMinutes(1)));
        });

        // 20 sent, 20 deleted, 2 looks.
        Assert.Equal(new StorageRequests(Blobs: 0, Queues: 42, Tables: 0), requests);
    }

    [Fact(Timeout = Guard)]
    public async Task A_batch_of_rows_is_one_request_and_so_is_a_page_of_them()
    {
        var backend = new StorageQueueBackend(_account);
        await backend.Results.CreateAsync("20260131-093000-bbbb");

        StorageRequests requests = await CountAsync(async () =>
        {
            await backend.Results.WriteAsync("20260131-093000-bbbb", "r001-01", 0, [.. Enumerable.Range(0, 250).Select(Attempt)]);
            Assert.Equal(250, await backend.Results.ReadAsync("20260131-093000-bbbb", "r001-01", 0, 0, 249).CountAsync());
        });

        // Transactions of 100, 100 and 50 rows, and a look.
        Assert.Equal(new StorageRequests(Blobs: 0, Queues: 0, Tables: 4), requests);
    }

    [Theory(Timeout = Guard)]
    [InlineData(1)]
    [InlineData(150_000)]
    public async Task A_run_is_stored_with_two_requests_however_many_tasks_it_has(int tasks)
    {
        await using var store = new AzureExperimentStore(StorageAccount.Parse(azurite.ConnectionString, _account.Options with { CountRequests = true }));
        await store.PrepareAsync();
        ExperimentDocument document = Samples.Completed(runs: 1);
        RunTimings run = Samples.Timings(document.Runs[0], tasks);

        StorageRequests requests = await CountAsync(() => store.AppendAsync(document.Id, run));

        Assert.Equal(new StorageRequests(Blobs: 1, Queues: 0, Tables: 1) { BlobWrites = 1 }, requests);
    }

    [Theory(Timeout = Guard)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_blob_is_written_once_read_once_and_deleted_once(bool blocking)
    {
        using var workload = new BlobWorkload(new WorkloadEnvironment
        {
            StorageConnection = azurite.ConnectionString,
            StoragePrefix = "c",
        });
        await workload.ExecuteAsync(new TaskInput(8, 0, 1), new Execution());

        StorageRequests requests = await CountAsync(async () =>
        {
            for (int index = 0; index < 5; index++)
            {
                if (blocking)
                    workload.Execute(new TaskInput(8, index, 1), new Execution());
                else
                    await workload.ExecuteAsync(new TaskInput(8, index, 1), new Execution());
            }
        });

        Assert.Equal(new StorageRequests(Blobs: 15, Queues: 0, Tables: 0) { BlobWrites = 5, BlobDeletes = 5 }, requests);
    }

    [Fact(Timeout = Guard)]
    public async Task A_request_that_fails_counts_and_each_retry_does()
    {
        StorageAccount gone = StorageAccount.Parse(
            "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=YQ==;BlobEndpoint=http://127.0.0.1:9/a;"
            + "QueueEndpoint=http://127.0.0.1:9/a;TableEndpoint=http://127.0.0.1:9/a",
            new StorageOptions { CountRequests = true, Patience = TimeSpan.FromSeconds(0.5) });

        StorageRequests missing = await CountAsync(() =>
            Assert.ThrowsAsync<Azure.RequestFailedException>(() => _account.ForRuns().Queues.GetQueueClient("missing").SendMessageAsync("x")));
        StorageRequests unreachable = await CountAsync(() =>
            Assert.ThrowsAsync<StorageUnavailableException>(() => gone.Queues.GetQueueClient("q").SendMessageAsync("x")));

        Assert.Equal(1, missing.Queues);
        Assert.True(unreachable.Queues > 1, $"{unreachable.Queues} requests");
    }

    [Fact(Timeout = Guard)]
    public async Task What_is_done_beside_a_run_does_not_count()
    {
        QueueClient queue = _account.Queues.GetQueueClient("cbeside");

        StorageRequests requests = await CountAsync(async () =>
        {
            await queue.CreateIfNotExistsAsync();
            await queue.SendMessageAsync("x");
            await _account.Tables.GetTableClient("cbeside").CreateIfNotExistsAsync();
            await _account.Blobs.GetBlobContainerClient("cbeside").CreateIfNotExistsAsync();
        });

        Assert.Equal(StorageRequests.None, requests);
    }

    private static async Task<StorageRequests> CountAsync(Func<Task> work)
    {
        StorageRequests before = StorageRequestCounter.Current;
        await work();
        return StorageRequestCounter.Current.Since(before);
    }

    private static TaskAttempt Attempt(int task) => new(
        task, 1, new HostIdentity("lab-1", 40), 7, 1_000, 2_000, 3_000, (ulong)task, TaskOutcome.Succeeded, Error: null);

    private static QueuedTask NewTask(int index) =>
        new(
            new RunOrder
            {
                ExperimentId = "20260131-093000-aaaa",
                RunId = "r001-01",
                Model = "queue",
                Workload = "primes",
                Size = 1_000,
                Tasks = 1_000,
                Degree = 2,
                Seed = 42,
                TaskTimeout = TimeSpan.FromSeconds(60),
                BeganTicks = 0,
            },
            index,
            QueuedTicks: 0);
}
