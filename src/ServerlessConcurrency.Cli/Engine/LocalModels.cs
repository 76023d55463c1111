using ServerlessConcurrency.Claims;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Workers.ColdStart;
using ServerlessConcurrency.Workers.Pool;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Cli.Engine;

/// <summary>The concurrency models of the local engine, and what a spec may ask of it.</summary>
internal static class LocalModels
{
    /// <param name="environment">What the workloads of child processes talk to.</param>
    /// <param name="account">The storage account; null without storage, and so without <c>queue</c>.</param>
    public static ModelCatalog Create(WorkloadEnvironment environment, StorageAccount? account)
    {
        WorkerLaunch launch = WorkerLaunch.Self();
        List<ConcurrencyModel> models =
        [
            .. BuiltInModels.Create().Select(model => new ColdStartModel(model, launch, environment)),
            new ProcessesModel(launch, environment),
        ];
        if (account is not null)
            models.Add(QueueModels.Create(launch, environment, account));
        return new ModelCatalog(models);
    }

    /// <summary>The rules by which specs for this engine are validated.</summary>
    public static SpecRules Rules(WorkloadCatalog workloads, bool hasStorage)
    {
        var unavailable = KnownModels.All.Where(model => model.NeedsTaskHub).ToDictionary(
            model => model.Id, _ => "needs the Azure Functions engine: Durable fan-out does not run on the local engine");
        if (!hasStorage)
        {
            IEnumerable<string> queues = KnownModels.All.Where(model => model.NeedsQueue).Select(model => model.Id);
            foreach (string name in queues.Concat(workloads.All.Where(workload => workload.NeedsStorage).Select(workload => workload.Kind)))
                unavailable[name] = "needs storage, which --connection none rules out: leave out that option, or this name";
        }

        return new SpecRules(
            workloads,
            [.. KnownModels.All.Where(model => !model.NeedsTaskHub).Select(model => model.Id)],
            unavailable,
            Claims: ClaimRegistry.Ids);
    }
}
