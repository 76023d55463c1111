using ServerlessConcurrency.Claims;
using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Claims.Runs;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.OwnCode;
using ServerlessConcurrency.Core.Prices;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Storage.Workloads;
using ServerlessConcurrency.Telemetry;
using ServerlessConcurrency.Workers.Isolation;
using ServerlessConcurrency.Workers.Loopback;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Engine;

/// <summary>Runs one experiment on this machine, and stops everything it started for it.</summary>
internal static class LocalEngine
{
    private const string SinceResumed = "; since it was resumed ";

    /// <summary>Measures what a spec asks for, of whichever kind it is.</summary>
    public static async Task<(MeasurementDocument Document, Exception? Failure)> MeasureAsync(
        string id,
        MeasurementSpec spec,
        PriceList? prices,
        WorkloadEnvironment ownCode,
        double? failAbove,
        StorageSession storage,
        IProgress<ExperimentProgress> progress,
        CancellationToken cancellationToken)
    {
        if (spec is ClaimsSpec claims)
        {
            PythonSearchResult python = await PythonInterpreter.FindAsync(fileName: null, cancellationToken);
            return await MeasureClaimsAsync(id, claims, python, storage, progress, cancellationToken);
        }

        ExperimentOutcome outcome = await RunAsync(id, (ExperimentSpec)spec, prices, ownCode, failAbove, storage, progress, cancellationToken);
        return (outcome.Document, outcome.Failure);
    }

    /// <param name="spec">A validated spec.</param>
    /// <param name="prices">The prices of its costs; null: those that come with the program.</param>
    /// <param name="ownCode">Where users' workloads are.</param>
    /// <param name="failAbove">What two versions of them are judged by; null: nothing.</param>
    /// <param name="progress">Is told before and after every run.</param>
    /// <param name="cancellationToken">Ends the experiment; what was measured is kept.</param>
    /// <param name="interrupted">The experiment as it was left, and whether its files have more of it than the storage; null: it begins.</param>
    public static async Task<ExperimentOutcome> RunAsync(
        string id,
        ExperimentSpec spec,
        PriceList? prices,
        WorkloadEnvironment ownCode,
        double? failAbove,
        StorageSession storage,
        IProgress<ExperimentProgress> progress,
        CancellationToken cancellationToken,
        (ExperimentDocument Document, bool IsOfFiles)? interrupted = null)
    {
        using IDisposable? telemetry = TelemetryExport.OfExperiment(storage.Notes);
        await using Ground ground = await Ground.LayAsync(
            storage, ownCode, workloads => spec.Workloads.Any(workload => workloads.Get(workload.Kind).NeedsServer), cancellationToken);
        spec = await new WorkloadInspector(WorkerLaunch.Self(), ground.Environment).CompleteAsync(spec, ground.Workloads, cancellationToken);
        var runner = new ExperimentRunner(ground.Workloads, ground.Models, storage.CreateSinks(), TimeProvider.System) { Prices = prices, FailAbove = failAbove };
        string? version = VersionOf(spec, ground.Workloads, ownCode);
        if (interrupted?.Document.Environment.OwnCode is { } before)
            version = IsLastOf(before, version) ? before : $"{before}{SinceResumed}{version}";
        return await runner.RunAsync(id, spec, MachineInfo.Describe(EngineNames.Local) with { OwnCode = version }, progress, cancellationToken,
            interrupted is { } left ? storage.TakeOver(left.Document, left.IsOfFiles) : null);
    }

    /// <summary>Whether an experiment was measured with these versions of users' workloads when it was interrupted; it may have been resumed with others before.</summary>
    /// <param name="ownCode">What its environment tells of them.</param>
    public static bool IsLastOf(string ownCode, string? version) => ownCode.Split(SinceResumed)[^1] == version;

    /// <summary>Which versions of users' workloads an experiment measures, see <see cref="OwnCodeVersion"/>.</summary>
    /// <exception cref="OwnCodeException">One cannot be read any more.</exception>
    public static string? VersionOf(ExperimentSpec spec, WorkloadCatalog workloads, WorkloadEnvironment ownCode) => OwnCodeVersion.Of(
        spec.Workloads.Any(workload => workloads.Get(workload.Kind).IsOwnCode) ? [.. ownCode.Assemblies.Order(StringComparer.Ordinal), .. ownCode.Against is null ? [] : (string[])[ownCode.Against]] : [],
        spec.Workloads.Select(workload => workload.Items).OfType<string>());

    /// <param name="spec">A validated spec of claims.</param>
    /// <param name="python">The CPython interpreter, or why there is none.</param>
    /// <param name="progress">Is told before and after every claim.</param>
    /// <param name="cancellationToken">Ends the experiment; what was measured is kept.</param>
    public static async Task<(MeasurementDocument Document, Exception? Failure)> MeasureClaimsAsync(
        string id,
        ClaimsSpec spec,
        PythonSearchResult python,
        StorageSession storage,
        IProgress<ExperimentProgress> progress,
        CancellationToken cancellationToken)
    {
        await using Ground ground = await Ground.LayAsync(storage, ownCode: new WorkloadEnvironment(), needsServer: _ => true, cancellationToken);
        EnvironmentInfo here = MachineInfo.Describe(EngineNames.Local);
        var context = new ClaimContext
        {
            Quick = spec.Quick,
            Seed = spec.Seed,
            Environment = here,
            Launch = WorkerLaunch.Self(),
            Workloads = ground.Environment,
            Models = new ModelRuns(ground.Workloads, ground.Models, here, TimeProvider.System),
            Account = storage.Account,
        };
        var runner = new ClaimsRunner(ClaimRegistry.All, python, storage.CreateSinks(), TimeProvider.System);
        return await runner.RunAsync(id, spec, context, progress, cancellationToken);
    }

    /// <summary>What every experiment needs on this machine: a folder, models, and a server where somebody calls one.</summary>
    private sealed class Ground : IAsyncDisposable
    {
        private readonly ScratchFolder _files;
        private readonly LoopbackServer? _server;

        private Ground(
            ScratchFolder files, LoopbackServer? server, WorkloadEnvironment environment, WorkloadCatalog workloads, StorageSession storage)
        {
            _files = files;
            _server = server;
            Environment = environment;
            Workloads = workloads;
            Models = LocalModels.Create(environment, storage.Account);
        }

        public WorkloadEnvironment Environment { get; }

        public WorkloadCatalog Workloads { get; }

        public ModelCatalog Models { get; }

        public static async Task<Ground> LayAsync(
            StorageSession storage, WorkloadEnvironment ownCode, Predicate<WorkloadCatalog> needsServer, CancellationToken cancellationToken)
        {
            var files = new ScratchFolder();
            try
            {
                var environment = new WorkloadEnvironment
                {
                    Assemblies = ownCode.Assemblies,
                    Against = ownCode.Against,
                    FileFolder = files.Path,
                    StorageConnection = storage.Account?.Connection,
                    StoragePrefix = storage.Account?.Options.Prefix ?? "",
                    StoragePatienceSeconds = storage.Account?.Options.Patience.TotalSeconds,
                };
                WorkloadCatalog workloads = EveryWorkload.Create(environment);
                LoopbackServer? server = needsServer(workloads) ? await LoopbackServer.StartAsync(WorkerLaunch.Self(), storage.Notes, cancellationToken) : null;
                environment.HttpServer = server?.Address;
                return new Ground(files, server, environment, workloads, storage);
            }
            catch
            {
                files.Dispose();
                throw;
            }
        }

        public async ValueTask DisposeAsync()
        {
            await Models.DisposeAsync();
            if (_server is not null)
                await _server.DisposeAsync();
            _files.Dispose();
        }
    }
}
