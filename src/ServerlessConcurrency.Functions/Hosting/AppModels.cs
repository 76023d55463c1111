using ServerlessConcurrency.Claims;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Storage.Workloads;

namespace ServerlessConcurrency.Functions.Hosting;

/// <summary>What a spec may ask of the app, which has every model: some run within one function, the others orchestrations carry out.</summary>
internal static class AppModels
{
    /// <summary>What a spec may ask of the app.</summary>
    public static SpecRules Rules { get; } = new(
        EveryWorkload.Create(new WorkloadEnvironment { Assemblies = AppWorkloads.Assemblies }),
        [.. KnownModels.All.Select(model => model.Id)],
        new Dictionary<string, string>(),
        NoColdStart: "is for the local engine: a Functions app's processes are started by its host, not by a run",
        Claims: ClaimRegistry.Ids)
    {
        ItemsFolder = AppContext.BaseDirectory,
        ConfinesItems = true,
    };
}
