using ServerlessConcurrency.Core.Costs;
using ServerlessConcurrency.Core.Experiments;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Reporting.Sinks;
using ServerlessConcurrency.Storage.Workloads;
using ServerlessConcurrency.Workers.Loopback;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Cli.Engine;

/// <summary>Runs one experiment on this machine, and stops everything it started for it.</summary>
internal static class LocalEngine
{
    /// <summary>Runs an experiment.</summary>
    /// <param name="id">A new experiment id.</param>
    /// <param name="spec">A validated spec.</param>
    /// <param name="prices">The prices of its costs; null: those that come with the program.</param>
    /// <param name="storage">The storage.</param>
    /// <param name="resultsPath">The folder for result files.</param>
    /// <param name="progress">Is told before and after every run.</param>
    /// <param name="cancellationToken">Ends the experiment; what was measured is kept.</param>
    public static async Task<ExperimentOutcome> RunAsync(
        string id,
        ExperimentSpec spec,
        PriceList? prices,
        StorageSession storage,
        string resultsPath,
        IProgress<ExperimentProgress> progress,
        CancellationToken cancellationToken)
    {
        DirectoryInfo files = Directory.CreateTempSubdirectory("sconc-");
        try
        {
            var environment = new WorkloadEnvironment
            {
                FileFolder = files.FullName,
                StorageConnection = storage.Account?.Connection,
                StoragePrefix = storage.Account?.Options.Prefix ?? "",
            };
            await using LoopbackServer? server = spec.Workloads.Any(workload => workload.Kind == "http")
                ? await LoopbackServer.StartAsync(WorkerLaunch.Self(), cancellationToken)
                : null;
            environment.HttpServer = server?.Address;
            await using ModelCatalog models = LocalModels.Create(environment, storage.Account);
            // Files first: they are there even when the storage goes down.
            IExperimentSink[] sinks = [new ResultsFolder(resultsPath), new StoreSink(storage.Store, TimeProvider.System)];
            var runner = new ExperimentRunner(EveryWorkload.Create(environment), models, sinks, TimeProvider.System) { Prices = prices };
            return await runner.RunAsync(id, spec, MachineInfo.Describe(EngineNames.Local), progress, cancellationToken);
        }
        finally
        {
            files.Delete(recursive: true);
        }
    }
}
