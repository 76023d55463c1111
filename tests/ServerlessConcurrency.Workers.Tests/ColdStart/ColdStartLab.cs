using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Isolation;
using ServerlessConcurrency.Workers.Pool;
using ServerlessConcurrency.Workers.TestHost.Workloads;

namespace ServerlessConcurrency.Workers.Tests.ColdStart;

/// <summary>Does with models what the runner does, in runs that begin with fresh processes; none of them may be left.</summary>
internal sealed class ColdStartLab : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly WorkloadEnvironment _environment;
    private readonly WorkloadCatalog _catalog;
    private readonly HashSet<int> _processIds = [];
    private readonly List<ConcurrencyModel> _models = [];

    public ColdStartLab()
    {
        _environment = new WorkloadEnvironment { FileFolder = _folder.Path };
        _catalog = TestWorkloads.Create(_environment);
    }

    public ConcurrencyModel Model(string id)
    {
        ConcurrencyModel model = id == KnownModels.Processes.Id
            ? new ProcessesModel(TestHostLaunch.Worker, _environment)
            : new IsolatedModel(BuiltInModels.Create().Single(known => known.Id == id), new IsolatedProcess(TestHostLaunch.Worker, _environment));
        _models.Add(model);
        return model;
    }

    public RunContext NewRun(
        string kind, long size = 1, int tasks = 8, long seed = 1, bool coldStart = true, CancellationToken cancellationToken = default)
    {
        var order = new RunOrder
        {
            ExperimentId = "experiment",
            RunId = "run",
            Model = "as the test says",
            Workload = kind,
            Size = size,
            Tasks = tasks,
            Degree = 2,
            Seed = seed,
            TaskTimeout = TimeSpan.FromMinutes(5),
            ColdStart = coldStart,
        };
        return new RunContext(order, _catalog.Get(kind), cancellationToken);
    }

    public async Task<ColdOutcome> ExecuteAsync(ConcurrencyModel model, RunContext run)
    {
        await model.PrepareAsync(run);
        run.Recorder.BeganTicks = run.Clock.GetTimestamp();
        await model.ExecuteAsync(run);
        TimeSpan wall = run.Clock.GetElapsedTime(run.Recorder.BeganTicks);
        IReadOnlyList<ResourceUsage> usage = await model.CompleteAsync(run);
        int[] processIds = [.. run.Recorder.Attempts().Select(attempt => attempt.Host.ProcessId).Distinct()];
        _processIds.UnionWith(processIds);
        return new ColdOutcome(wall, usage, processIds);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ConcurrencyModel model in _models)
            await model.DisposeAsync();
        _folder.Dispose();
        _processIds.Remove(Environment.ProcessId);
        Assert.DoesNotContain(_processIds, SystemProcesses.IsKnown);
    }
}
