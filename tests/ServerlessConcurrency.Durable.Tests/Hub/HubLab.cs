using System.Diagnostics;
using System.Globalization;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Durable.FanOut;
using ServerlessConcurrency.Durable.Hub;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Workers.Processes;
using ServerlessConcurrency.Workers.TestHost.Queue;
using ServerlessConcurrency.Workers.Tests;

namespace ServerlessConcurrency.Durable.Tests.Hub;

/// <summary>
/// Does with the models of the task hub what the runner does, under names of its own in the storage. Disposed, it makes sure that neither a host
/// process is left nor anything of a hub.
/// </summary>
internal sealed class HubLab : IAsyncDisposable
{
    public const int Guard = 600_000;

    /// <summary>For tests that wait until the work of a dead host comes back.</summary>
    public static readonly TimeSpan Hasty = TimeSpan.FromSeconds(10);

    // Hosts that wait cost little.
    private static readonly TimeSpan Seldom = TimeSpan.FromSeconds(1);

    private readonly WorkloadEnvironment _environment;
    private readonly HashSet<int> _processIds = [];
    private readonly List<DurableModel> _models = [];
    private int _runs;

    public HubLab(
        string connectionString, string? prefix = null, string command = QueueTestWorker.Command, TimeSpan? visibility = null, WorkerLaunch? launch = null, FanOutOptions? options = null)
    {
        Prefix = prefix ?? "t" + Guid.NewGuid().ToString("n")[..12];
        _environment = new WorkloadEnvironment
        {
            FileFolder = Directory.CreateTempSubdirectory("sconc-marks-").FullName,
            StorageConnection = connectionString,
            StoragePrefix = Prefix,
        };
        Account = StorageAccount.Parse(connectionString, StorageOptions.Of(_environment));
        Hosts = new DurableHosts(Account, launch ?? TestHostLaunch.With(command), _environment) { Settings = new HubSettings("", visibility, Seldom), Options = options ?? new FanOutOptions() };
    }

    public string Prefix { get; }

    public StorageAccount Account { get; }

    public DurableHosts Hosts { get; }

    public string MarksFolder => _environment.FileFolder;

    /// <summary>How many executions of tasks have begun, seen by the marks of the tests' workloads.</summary>
    public int Executions => MischievousWorkload.ExecutingProcesses(MarksFolder).Count;

    public DurableModel CreateModel(string id)
    {
        var model = new DurableModel(KnownModels.Get(id), Hosts);
        _models.Add(model);
        return model;
    }

    public RunContext NewRun(
        string model, string workload, long size, int tasks, int degree = 2, bool isWarmup = false, bool coldStart = false,
        TimeSpan? taskTimeout = null, CancellationToken cancellationToken = default)
    {
        var order = new RunOrder
        {
            ExperimentId = "experiment",
            RunId = $"r{++_runs}",
            Model = model,
            Workload = workload,
            Size = size,
            Tasks = tasks,
            Degree = degree,
            Seed = 42,
            TaskTimeout = taskTimeout ?? TimeSpan.FromMinutes(2),
            IsWarmup = isWarmup,
            ColdStart = coldStart,
        };
        return new RunContext(order, QueueTestWorker.Workloads(_environment).Get(workload), cancellationToken);
    }

    /// <summary>Carries out a run, and makes sure that each of its tasks was executed and computed what it has to.</summary>
    public async Task<RunContext> SucceedAsync(RunContext run)
    {
        await ExecuteAsync(run);
        Assert.Equal(0, run.Recorder.Remaining);
        Assert.Equal(SequentialChecksums(run), run.Recorder.Checksums());
        Assert.Equal(Enumerable.Range(0, run.Tasks), Successes(run).Select(attempt => attempt.TaskIndex));
        return run;
    }

    public async Task ExecuteAsync(RunContext run)
    {
        DurableModel model = CreateModel(run.Order.Model);
        await model.PrepareAsync(run);
        _processIds.UnionWith(Hosts.ProcessIds);
        run.Recorder.BeganTicks = Stopwatch.GetTimestamp();
        await model.ExecuteAsync(run);
        await model.CompleteAsync(run);
        _processIds.UnionWith(Hosts.ProcessIds);
    }

    public static IEnumerable<TaskAttempt> Successes(RunContext run) =>
        run.Recorder.Attempts().Where(attempt => attempt.Outcome == TaskOutcome.Succeeded).OrderBy(attempt => attempt.TaskIndex);

    /// <summary>Waits until so many executions of tasks have begun.</summary>
    public Task BegunAsync(int executions) => Eventually.True(() => Executions >= executions, $"{executions} executions of tasks");

    public static async Task SignalAsync(string signal, int processId)
    {
        using var kill = Process.Start("kill", [$"-{signal}", processId.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>The queues, tables and containers that are there.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync()
    {
        List<string> names = [];
        await foreach (var queue in Account.Queues.GetQueuesAsync(prefix: Prefix))
            names.Add(queue.Name);
        await foreach (var table in Account.Tables.QueryAsync())
        {
            if (table.Name.StartsWith(Prefix, StringComparison.Ordinal))
                names.Add(table.Name);
        }

        await foreach (var container in Account.Blobs.GetBlobContainersAsync(prefix: Prefix))
            names.Add(container.Name);
        return names;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (DurableModel model in _models)
            await model.DisposeAsync();
        _processIds.UnionWith(MischievousWorkload.ExecutingProcesses(MarksFolder));
        Directory.Delete(MarksFolder, recursive: true);
        Assert.DoesNotContain(_processIds, SystemProcesses.IsRunning);
        Assert.Empty(await NamesAsync());
    }

    private static ulong[] SequentialChecksums(RunContext run) =>
        [.. Enumerable.Range(0, run.Tasks).Select(index => Checksum(run, index))];

    // Executed here, the tests' workloads would do their mischief.
    private static ulong Checksum(RunContext run, int index) =>
        run.Workload is MischievousWorkload ? Core.Workloads.Checksum.Start(run.Order.Input(index)) : run.Workload.Execute(run.Order.Input(index), new Execution());
}
