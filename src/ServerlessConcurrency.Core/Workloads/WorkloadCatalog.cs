using System.Diagnostics.CodeAnalysis;

namespace ServerlessConcurrency.Core.Workloads;

/// <summary>The workloads that a program knows, by kind, in the order in which they were registered.</summary>
public sealed class WorkloadCatalog
{
    private readonly Dictionary<string, Workload> _byKind;

    /// <summary>Creates a catalog.</summary>
    /// <param name="workloads">The workloads; their kinds are distinct.</param>
    /// <exception cref="ArgumentException">Two workloads have the same kind.</exception>
    public WorkloadCatalog(IEnumerable<Workload> workloads)
    {
        All = [.. workloads];
        _byKind = All.ToDictionary(workload => workload.Kind, StringComparer.Ordinal);
    }

    /// <summary>Every workload, in the order of registration.</summary>
    public IReadOnlyList<Workload> All { get; }

    /// <summary>Finds a workload.</summary>
    /// <param name="kind">Its kind, e.g. <c>primes</c>.</param>
    /// <param name="workload">The workload, or null.</param>
    /// <returns>Whether there is one of that kind.</returns>
    public bool TryGet(string kind, [NotNullWhen(true)] out Workload? workload) => _byKind.TryGetValue(kind, out workload);

    /// <summary>Gets a workload that is known to exist, because the spec was validated.</summary>
    /// <param name="kind">Its kind.</param>
    /// <returns>The workload.</returns>
    /// <exception cref="KeyNotFoundException">There is none of that kind.</exception>
    public Workload Get(string kind) => _byKind.TryGetValue(kind, out Workload? workload)
        ? workload
        : throw new KeyNotFoundException($"unknown workload '{kind}'; known: {string.Join(", ", _byKind.Keys)}");
}
