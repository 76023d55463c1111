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
            foreach (Workload own in Load(path))
            {
                if (workloads.Find(other => other.Kind == own.Kind) is { } other)
                    throw new OwnCodeException($"{path}: workload '{own.Kind}' has the name of {(other.IsOwnCode ? "one in another assembly" : "a built-in one")}; give it another");
                workloads.Add(own);
            }
        }

        if (environment.Against is { } against)
            workloads.AddRange(Load(against).Select(workload => new EarlierVersion(workload)));
        return new WorkloadCatalog(workloads);
    }

    // What users' registration of services prints is no result of the program that measures.
    private static IReadOnlyList<Workload> Load(string path)
    {
        TextWriter output = Console.Out;
        Console.SetOut(Console.Error);
        try
        {
            return WorkloadAssembly.Load(path).Workloads;
        }
        finally
        {
            Console.SetOut(output);
        }
    }
}
