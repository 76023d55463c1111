using System.Diagnostics;
using Azure.Storage.Queues;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Queueing;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Queues;
using ServerlessConcurrency.Workers.Crews;
using ServerlessConcurrency.Workers.Pool;
using ServerlessConcurrency.Workers.Processes;
using ServerlessConcurrency.Workers.Queue;
using ServerlessConcurrency.Workers.TestHost.Queue;

namespace ServerlessConcurrency.Workers.Tests.Queue;

/// <summary>One test's own names in the storage, its experiment, and a folder in which tasks leave their marks.</summary>
internal sealed class QueueLab : IDisposable
{
    /// <summary>For tests in which a message has to come back; on a busy machine others may come back, too.</summary>
    public static readonly QueueOptions Hasty = new() { VisibilityTimeout = TimeSpan.FromSeconds(2) };

    private readonly StorageAccount _account;
    private readonly WorkloadEnvironment _environment;
    private readonly StorageQueueBackend _backend;
    private int _runs;

    public QueueLab(QueueStorage storage, Uri? httpServer = null)
    {
        // Tests of one class run one after another; a prefix of its own keeps each test's poison queue apart.
        string prefix = "t" + Guid.NewGuid().ToString("n")[..12];
        _environment = new WorkloadEnvironment
        {
            FileFolder = Directory.CreateTempSubdirectory("sconc-marks-").FullName,
            StorageConnection = storage.ConnectionString,
            StoragePrefix = prefix,
            HttpServer = httpServer,
        };
        _account = StorageAccount.Parse(storage.ConnectionString, new StorageOptions { Prefix = prefix });
        _backend = new StorageQueueBackend(_account);
        Results.CreateAsync(ExperimentId).GetAwaiter().GetResult();
    }

    public string ExperimentId { get; } = Core.Documents.ExperimentId.Create(DateTimeOffset.UtcNow);

    public string MarksFolder => _environment.FileFolder;

    public WorkloadCatalog Workloads => QueueTestWorker.Workloads(_environment);

    public ITaskResults Results => _backend.Results;

    public IQueueBackend Backend => _backend;

    public ITaskQueue OpenQueue() => _backend.OpenQueue(ExperimentId);

    public QueueClient QueueClient => _account.Queues.GetQueueClient(_account.Names.TasksOf(ExperimentId));

    public QueueModel CreateModel(QueueOptions? options = null, string command = QueueTestWorker.Command) =>
        CreateModel(TestHostLaunch.With(command), options);

    public QueueModel CreateModel(WorkerLaunch launch, QueueOptions? options = null) => new(_backend, launch, _environment, options ?? new QueueOptions());

    /// <summary>The worker processes of a queue model, without it.</summary>
    public HostCrew CreateCrew() => new(TestHostLaunch.With(QueueTestWorker.Command), KnownModels.Queue.Id, _environment);

    /// <summary>A pool of processes that talk to the same things.</summary>
    public ProcessesModel CreatePool() => new(TestHostLaunch.Worker, _environment);

    /// <summary>A model whose workers are told of another storage than there is.</summary>
    public QueueModel CreateModelWithLostWorkers() => new(
        _backend,
        TestHostLaunch.With(QueueTestWorker.Command),
        new WorkloadEnvironment { StorageConnection = "AccountName=nowhere" },
        Hasty);

    public RunContext NewRun(
        string workload, long size, int tasks, int degree = 2, bool isWarmup = false, TimeSpan? taskTimeout = null,
        bool coldStart = false, CancellationToken cancellationToken = default)
    {
        var order = new RunOrder
        {
            ExperimentId = ExperimentId,
            RunId = $"r{Interlocked.Increment(ref _runs)}",
            Model = "queue",
            Workload = workload,
            Size = size,
            Tasks = tasks,
            Degree = degree,
            Seed = 42,
            TaskTimeout = taskTimeout ?? TimeSpan.FromSeconds(60),
            BeganTicks = Stopwatch.GetTimestamp(),
            IsWarmup = isWarmup,
            ColdStart = coldStart,
        };
        return new RunContext(order, Workloads.Get(workload), cancellationToken);
    }

    /// <summary>A queue worker's part in a run, in this process.</summary>
    public QueueWorkerRun NewWorkerRun(RunContext run, TimeProvider clock, IQueueBackend? backend = null) => new(
        new QueueAssignment(run.Begun, new QueueOptions()),
        backend ?? _backend,
        Workloads,
        clock);

    /// <summary>The message of a task.</summary>
    public static QueuedTask Message(RunContext run, int index) => new(run.Begun, index, Stopwatch.GetTimestamp());

    /// <summary>Does with the model what the runner does.</summary>
    public static async Task ExecuteAsync(ConcurrencyModel model, RunContext run)
    {
        await model.PrepareAsync(run);
        run.Recorder.BeganTicks = Stopwatch.GetTimestamp();
        await model.ExecuteAsync(run);
        await model.CompleteAsync(run);
    }

    public static ulong[] SequentialChecksums(RunContext run) =>
        [.. Enumerable.Range(0, run.Tasks).Select(index => run.Workload.Execute(run.Order.Input(index), new Execution()))];

    public async Task<List<TaskAttempt>> RowsAsync(RunContext run)
    {
        var rows = new List<TaskAttempt>();
        await foreach (TaskAttempt row in Results.ReadAsync(ExperimentId, run.Order.RunId, run.Recorder.BeganTicks, 0, run.Tasks - 1))
            rows.Add(row);
        return rows;
    }

    public async Task<string[]> PoisonMessagesAsync()
    {
        QueueClient poison = _account.Queues.GetQueueClient(_account.Names.PoisonTasks);
        return [.. (await poison.PeekMessagesAsync(32)).Value.Select(message => message.MessageText)];
    }

    /// <summary>The tables that have the beginning of this lab's names.</summary>
    public async Task<string[]> TablesAsync() =>
        await _account.Tables.QueryAsync().Select(table => table.Name).Where(name => name.StartsWith(_account.Names.Prefix, StringComparison.Ordinal)).ToArrayAsync();

    public void Dispose() => Directory.Delete(MarksFolder, recursive: true);
}
