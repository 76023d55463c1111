using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Storage.Workloads;
using ServerlessConcurrency.Workers.Isolation;
using ServerlessConcurrency.Workers.Loopback;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Durable.Hosting;

/// <summary>
/// What the functions of one process share: its workloads and what they talk to, and its in-function models, child processes
/// among them, which are started when they are first needed and live as long as the process.
/// </summary>
public sealed class ActivityHost : IAsyncDisposable
{
    private readonly WorkloadEnvironment _environment;
    private readonly ScratchFolder? _files;
    private readonly SemaphoreSlim _starting = new(1);
    private readonly SemaphoreSlim _running = new(1);
    private LoopbackServer? _server;
    private ModelCatalog? _models;
    private RunExecutor? _executor;

    /// <summary>Creates it; nothing is started yet.</summary>
    /// <param name="account">The storage account that workload <c>blob</c> uses.</param>
    /// <param name="assemblies">Where users' workloads are; null: there are none.</param>
    public ActivityHost(StorageAccount account, IReadOnlyList<string>? assemblies = null)
    {
        _files = new ScratchFolder();
        _environment = new WorkloadEnvironment
        {
            Assemblies = assemblies ?? [],
            FileFolder = _files.Path,
            StorageConnection = account.Connection,
            StoragePrefix = account.Options.Prefix,
        };
        Workloads = EveryWorkload.Create(_environment);
    }

    /// <summary>Creates the one of a process whose parent has started what workloads talk to.</summary>
    public ActivityHost(WorkloadEnvironment environment, WorkloadCatalog workloads)
    {
        _environment = environment;
        Workloads = workloads;
    }

    public WorkloadCatalog Workloads { get; }

    /// <summary>What it has executed of fan-outs.</summary>
    internal ExecutionCount Executions { get; } = new();

    /// <summary>Which of their tasks this process is warm for.</summary>
    internal WarmUp WarmUp { get; } = new();

    /// <summary>
    /// Gets ready for tasks of a run, unless that is to begin cold: starts what their workload talks to on this host, unless it is there, and lets
    /// this process warm up for them, unless it is warm. Called before a task's execution begins.
    /// </summary>
    public async Task PrepareAsync(RunOrder run, CancellationToken cancellationToken)
    {
        // A workload that is not known is for its task to tell.
        if (run.ColdStart || !Workloads.TryGet(run.Workload, out Workload? known) || WarmUp.IsWarm(known, run.Size))
            return;
        await _starting.WaitAsync(cancellationToken);
        try
        {
            if (known.NeedsServer)
                await StartServerAsync(cancellationToken);
            await WarmUp.UntilSteadyAsync(known, run.Input(0), cancellationToken);
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>Carries out a run under an in-function model; one at a time, so that two never measure each other.</summary>
    /// <returns>What was measured, and every attempt.</returns>
    public async Task<(RunResult Result, TaskRecorder Recorder)> RunAsync(
        ExperimentDocument document, PlannedRun run, CancellationToken cancellationToken, RunTrace? trace = null)
    {
        await _running.WaitAsync(cancellationToken);
        try
        {
            bool hadServer = _server is not null;
            // Users' code is executed in a process of its own, which gets ready itself.
            if (!Workloads.Get(run.Workload.Kind).IsOwnCode)
                await PrepareAsync(run.Order(document.Id, document.Spec), cancellationToken);
            ModelCatalog models = await ModelsAsync(hadServer);
            // Kept, because it knows which runs are too short to be measured once.
            RunExecutor executor = _executor ??= new RunExecutor(Workloads, models, WarmUp);
            // Off the thread that serves the Functions host: the models block it.
            return await Task.Run(() => executor.ExecuteAsync(document.Id, document.Spec, run, cancellationToken, trace), cancellationToken);
        }
        finally
        {
            _running.Release();
        }
    }

    /// <summary>Finds out what a spec leaves open of users' workloads; not while a run is measured.</summary>
    public async Task<ExperimentSpec> InspectAsync(ExperimentSpec spec, CancellationToken cancellationToken)
    {
        await _running.WaitAsync(cancellationToken);
        try
        {
            return await new WorkloadInspector(WorkerLaunch.Self(), _environment).CompleteAsync(spec, Workloads, cancellationToken);
        }
        finally
        {
            _running.Release();
        }
    }

    /// <summary>Lets something measure with all that this process has; not while a run is measured, nor anything else.</summary>
    /// <param name="measure">Measures, given what workloads talk to and the in-function models.</param>
    internal async Task<T> UseAsync<T>(Func<WorkloadEnvironment, ModelCatalog, Task<T>> measure, CancellationToken cancellationToken)
    {
        await _running.WaitAsync(cancellationToken);
        try
        {
            bool hadServer = _server is not null;
            await _starting.WaitAsync(cancellationToken);
            try
            {
                await StartServerAsync(cancellationToken);
            }
            finally
            {
                _starting.Release();
            }

            ModelCatalog models = await ModelsAsync(hadServer);
            // Off the thread that serves the Functions host, which what measures may block.
            return await Task.Run(() => measure(_environment, models), cancellationToken);
        }
        finally
        {
            _running.Release();
        }
    }

    /// <summary>Ends the child processes and removes the files.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_models is not null)
            await _models.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
        _starting.Dispose();
        _running.Dispose();
        _files?.Dispose();
    }

    private async Task StartServerAsync(CancellationToken cancellationToken)
    {
        if (_environment.HttpServer is not null)
            return;
        _server = await LoopbackServer.StartAsync(WorkerLaunch.Self(), cancellationToken: cancellationToken);
        _environment.HttpServer = _server.Address;
    }

    private async Task<ModelCatalog> ModelsAsync(bool hadServer)
    {
        // Child processes that were started before the server do not know where it is.
        if (!hadServer && _server is not null && _models is { } outdated)
        {
            _models = null;
            _executor = null;
            await outdated.DisposeAsync();
        }

        return _models ??= new ModelCatalog(InFunctionModels.Create(WorkerLaunch.Self(), _environment));
    }
}
