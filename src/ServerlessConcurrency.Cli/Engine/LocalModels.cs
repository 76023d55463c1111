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
    private static readonly string[] NeedStorage = ["queue", "blob"];
    private static readonly string[] NeedFunctions = ["durable", "durable-batch"];

    /// <summary>Creates the models.</summary>
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
    /// <param name="workloads">The engine's workloads.</param>
    /// <param name="hasStorage">Whether there is a storage account.</param>
    public static SpecRules Rules(WorkloadCatalog workloads, bool hasStorage)
    {
        var unavailable = NeedFunctions.ToDictionary(
            model => model, _ => "needs the Azure Functions engine: Durable fan-out does not run on the local engine");
        if (!hasStorage)
        {
            foreach (string name in NeedStorage)
                unavailable[name] = "needs storage, which --connection none rules out: leave out that option, or this name";
        }

        IEnumerable<string> known = BuiltInModels.Create().Select(model => model.Id);
        return new SpecRules(workloads, [.. known, ProcessesModel.ModelId, "queue"], unavailable, Claims: ClaimRegistry.Ids);
    }
}
