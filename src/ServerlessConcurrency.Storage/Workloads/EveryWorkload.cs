using ServerlessConcurrency.Core.OwnCode;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Storage.Workloads;

/// <summary>The workloads of both engines: those that need nothing but .NET, those that need storage, and those of users.</summary>
public static class EveryWorkload
{
    /// <param name="environment">Where I/O-bound workloads find what they talk to, may be filled in later; the assemblies with users' workloads may not.</param>
    /// <exception cref="OwnCodeException">An assembly cannot be used, or two workloads have one name.</exception>
    public static WorkloadCatalog Create(WorkloadEnvironment environment)
    {
        var workloads = new List<Workload>([.. BuiltInWorkloads.Create(environment), new BlobWorkload(environment)]);
        foreach (string path in environment.Assemblies)
        {
            foreach (Workload own in WorkloadAssembly.Load(path).Workloads)
            {
                if (workloads.Find(other => other.Kind == own.Kind) is { } other)
                    throw new OwnCodeException($"{path}: workload '{own.Kind}' has the name of {(other.IsOwnCode ? "one in another assembly" : "a built-in one")}; give it another");
                workloads.Add(own);
            }
        }

        if (environment.Against is { } against)
            workloads.AddRange(WorkloadAssembly.Load(against).Workloads.Select(workload => new EarlierVersion(workload)));
        return new WorkloadCatalog(workloads);
    }
}
