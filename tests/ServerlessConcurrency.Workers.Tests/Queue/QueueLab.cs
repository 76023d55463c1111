using System.Diagnostics;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Queueing;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Queues;
using ServerlessConcurrency.Workers.Queue;
using ServerlessConcurrency.Workers.TestHost.Queue;

namespace ServerlessConcurrency.Workers.Tests.Queue;

/// <summary>One test's own names in the storage, its experiment, and a folder in which tasks leave their marks.</summary>
internal sealed class QueueLab : IDisposable
{
    public static readonly QueueOptions Hasty = new() { VisibilityTimeout = TimeSpan.FromSeconds(2) };

    private readonly StorageAccount _account;
    private readonly WorkloadEnvironment _environment;
    private readonly StorageQueueBackend _backend;
    private int _runs;

    public QueueLab(QueueStorage storage)
    {
        // Tests of one class run one after another; a prefix of its own keeps each test's poison queue apart.
        string prefix = "t" + Guid.NewGuid().ToString("n")[..12];
        _environment = new WorkloadEnvironment
        {
            FileFolder = Directory.CreateTempSubdirectory("sconc-marks-").FullName,
            StorageConnection = storage.ConnectionString,
            StoragePrefix = prefix,
        };
        _account = StorageAccount.Parse(storage.ConnectionString, new StorageOptions { Prefix = prefix });
        _backend = new StorageQueueBackend(_account);
    }

    public string ExperimentId { get; } = Core.Documents.ExperimentId.Create(DateTimeOffset.UtcNow);

    public string MarksFolder => _environment.FileFolder;

    public WorkloadCatalog Workloads => QueueTestWorker.Workloads(_environment);

    public ITaskResults Results => _backend.Results;

    public IQueueBackend Backend => _backend;

    public ITaskQueue OpenQueue() => _backend.OpenQueue(ExperimentId);

    public QueueClient QueueClient => _account.Queues.GetQueueClient(_account.Names.TasksOf(ExperimentId));

    public QueueModel CreateModel(QueueOptions? options = null, string command = QueueTestWorker.Command) =>
        new(_backend, TestHostLaunch.With(command), _environment, options ?? Hasty);

    /// <summary>A model whose workers are told of another storage than there is.</summary>
    public QueueModel CreateModelWithLostWorkers() => new(
        _backend,
        TestHostLaunch.With(QueueTestWorker.Command),
        new WorkloadEnvironment { StorageConnection = "AccountName=nowhere" },
        Hasty);

    public RunContext NewRun(
        string workload, long size, int tasks, int degree = 2, bool isWarmup = false, TimeSpan? taskTimeout = null,
        bool coldStart = false, CancellationToken cancellationToken = default) => new()
        {
            ExperimentId = ExperimentId,
            RunId = $"r{Interlocked.Increment(ref _runs)}",
            Workload = Workloads.Get(workload),
            Size = size,
            Tasks = tasks,
            Seed = 42,
            Degree = degree,
            IsWarmup = isWarmup,
            ColdStart = coldStart,
            TaskTimeout = taskTimeout ?? TimeSpan.FromSeconds(60),
            Recorder = new TaskRecorder(tasks) { BeganTicks = Stopwatch.GetTimestamp() },
            CancellationToken = cancellationToken,
        };

    /// <summary>A queue worker's part in a run, in this process.</summary>
    public QueueWorkerRun NewWorkerRun(RunContext run, TimeProvider clock, IQueueBackend? backend = null) => new(
        new QueueAssignment(
            run.ExperimentId, run.RunId, run.Workload.Kind, run.Tasks, run.Degree, run.TaskTimeout, false, false, new QueueOptions()),
        backend ?? _backend,
        Workloads,
        clock);

    /// <summary>The message of a task.</summary>
    public static QueuedTask Message(RunContext run, int index) => new(
        run.ExperimentId,
        run.RunId,
        run.Workload.Kind,
        run.Input(index),
        run.Recorder.BeganTicks,
        Stopwatch.GetTimestamp());

    /// <summary>Does with the model what the runner does.</summary>
    public static async Task ExecuteAsync(QueueModel model, RunContext run)
    {
        await model.PrepareAsync(run);
        run.Recorder.BeganTicks = Stopwatch.GetTimestamp();
        await model.ExecuteAsync(run);
        await model.CompleteAsync(run);
    }

    public static ulong[] SequentialChecksums(RunContext run) =>
        [.. Enumerable.Range(0, run.Tasks).Select(index => run.Workload.Execute(run.Input(index), new Execution()))];

    public async Task<List<TaskAttempt>> RowsAsync(RunContext run)
    {
        var rows = new List<TaskAttempt>();
        await foreach (TaskAttempt row in Results.ReadAsync(ExperimentId, run.RunId, run.Recorder.BeganTicks, 0, run.Tasks - 1))
            rows.Add(row);
        return rows;
    }

    public async Task<string[]> PoisonMessagesAsync()
    {
        QueueClient poison = _account.Queues.GetQueueClient(_account.Names.PoisonTasks);
        return [.. (await poison.PeekMessagesAsync(32)).Value.Select(message => message.MessageText)];
    }

    public async Task<TableEntity[]> TimingEntitiesAsync() =>
        await _account.Tables.GetTableClient(_account.Names.Timings).QueryAsync<TableEntity>().ToArrayAsync();

    public void Dispose()
    {
        _backend.Dispose();
        Directory.Delete(MarksFolder, recursive: true);
    }
}
