using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Pool;
using ServerlessConcurrency.Workers.TestHost.Workloads;

namespace ServerlessConcurrency.Workers.Tests.Pool;

/// <summary>A pool of test hosts with a folder for their marks; checks at the end that no process is left.</summary>
internal sealed class PoolFixture : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HashSet<int> _processIds = [];
    private readonly WorkloadCatalog _catalog;

    public PoolFixture()
    {
        var environment = new WorkloadEnvironment { FileFolder = _folder.Path };
        _catalog = TestWorkloads.Create(environment);
        Pool = new ProcessPool(TestHostLaunch.Worker, environment);
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
        await Pool.BeginAsync(new ProcessPoolRun(kind, size, seed, coldStart), degree, cancellationToken);
        _processIds.UnionWith(Pool.Workers.Select(host => host.ProcessId));
        return new RunContext
        {
            ExperimentId = "experiment",
            RunId = "run",
            Workload = _catalog.Get(kind),
            Size = size,
            Tasks = tasks,
            Seed = seed,
            Degree = degree,
            TaskTimeout = timeout ?? TimeSpan.FromMinutes(5),
            Recorder = new TaskRecorder(tasks) { BeganTicks = TimeProvider.System.GetTimestamp() },
            CancellationToken = cancellationToken,
        };
    }

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
