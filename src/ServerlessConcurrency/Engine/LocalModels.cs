using ServerlessConcurrency.Claims;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Durable.Hub;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Workers.Isolation;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Engine;

/// <summary>The concurrency models of the local engine, and what a spec may ask of it.</summary>
internal static class LocalModels
{
    /// <param name="environment">What the workloads of child processes talk to.</param>
    /// <param name="account">The storage account; null without storage, and so without the models that need one.</param>
    public static ModelCatalog Create(WorkloadEnvironment environment, StorageAccount? account)
    {
        List<ConcurrencyModel> models = CreateAll(environment, account);
        return new ModelCatalog(environment.Against is null
            ? models
            : models.Zip(CreateAll(environment, account), (asked, against) => new VersionedModel(asked, against)));
    }

    private static List<ConcurrencyModel> CreateAll(WorkloadEnvironment environment, StorageAccount? account)
    {
        WorkerLaunch launch = WorkerLaunch.Self();
        List<ConcurrencyModel> models = [.. InFunctionModels.Create(launch, environment)];
        if (account is not null)
        {
            models.Add(QueueModels.Create(launch, environment, account));
            var hosts = new DurableHosts(account, launch, environment);
            models.AddRange(KnownModels.All.Where(model => model.NeedsTaskHub).Select(model => new DurableModel(model, hosts)));
        }

        return models;
    }

    /// <summary>The rules by which specs for this engine are validated.</summary>
    public static SpecRules Rules(WorkloadCatalog workloads, bool hasStorage)
    {
        IEnumerable<string> needStorage =
        [
            .. KnownModels.All.Where(model => model.NeedsStorage).Select(model => model.Id),
            .. workloads.All.Where(workload => workload.NeedsStorage).Select(workload => workload.Kind),
        ];
        Dictionary<string, string> unavailable = hasStorage
            ? []
            : needStorage.ToDictionary(name => name, _ => "needs storage, which --connection none rules out: leave out that option, or this name");
        return new SpecRules(
            workloads,
            [.. KnownModels.All.Where(model => hasStorage || !model.NeedsStorage).Select(model => model.Id)],
            unavailable,
            Claims: ClaimRegistry.Ids);
    }
}
