using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Pool;
using ServerlessConcurrency.Workers.Processes;
using ServerlessConcurrency.Workers.TestHost.Workloads;

namespace ServerlessConcurrency.Workers.Tests.Pool;

/// <summary>A pool of test hosts with a folder for their marks; checks at the end that no process is left.</summary>
internal sealed class PoolFixture : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HashSet<int> _processIds = [];
    private readonly WorkloadCatalog _catalog;

    public PoolFixture(WorkerLaunch? launch = null)
    {
        var environment = new WorkloadEnvironment { FileFolder = _folder.Path };
        _catalog = TestWorkloads.Create(environment);
        Pool = new ProcessPool(launch ?? TestHostLaunch.Worker, environment);
    }

    public ProcessPool Pool { get; }

    public async Task<RunContext> BeginAsync(
        string kind,
        long size = 1,
        int tasks = 100,
        long seed = 1,
        int degree = 2,
        TimeSpan? timeout = null,
        bool coldStart = false,
        CancellationToken cancellationToken = default)
    {
        RunOrder order = Order(kind, size, tasks, seed, degree) with
        {
            TaskTimeout = timeout ?? TimeSpan.FromMinutes(5),
            ColdStart = coldStart,
        };
        await Pool.BeginAsync(order, cancellationToken);
        _processIds.UnionWith(Pool.Workers.Select(host => host.ProcessId));
        order = order with { BeganTicks = TimeProvider.System.GetTimestamp() };
        return new RunContext(order, _catalog.Get(kind), cancellationToken);
    }

    public static RunOrder Order(string kind, long size = 1, int tasks = 100, long seed = 1, int degree = 2) => new()
    {
        ExperimentId = "experiment",
        RunId = "run",
        Model = KnownModels.Processes.Id,
        Workload = kind,
        Size = size,
        Tasks = tasks,
        Degree = degree,
        Seed = seed,
        TaskTimeout = TimeSpan.FromMinutes(5),
    };

    public async Task<IReadOnlyList<TaskAttempt>> RunAsync(RunContext run)
    {
        await Pool.RunAsync(run);
        IReadOnlyList<TaskAttempt> attempts = run.Recorder.Attempts();
        _processIds.UnionWith(attempts.Select(attempt => attempt.Host.ProcessId));
        return attempts;
    }

    public async Task<IReadOnlyList<TaskAttempt>> RunAsync(
        string kind, long size = 1, int tasks = 100, long seed = 1, int degree = 2, TimeSpan? timeout = null) =>
        await RunAsync(await BeginAsync(kind, size, tasks, seed, degree, timeout));

    public async ValueTask DisposeAsync()
    {
        _processIds.UnionWith(Pool.Workers.Select(host => host.ProcessId));
        await Pool.DisposeAsync();
        _folder.Dispose();
        Assert.DoesNotContain(_processIds, SystemProcesses.IsKnown);
    }
}
