using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Api.Contracts;

/// <summary>What an engine can run.</summary>
/// <param name="Models">The ids of its concurrency models.</param>
internal sealed record WorkloadList(IReadOnlyList<WorkloadEntry> Workloads, IReadOnlyList<string> Models)
{
    public static WorkloadList Of(SpecRules rules) => new(
        [
            .. rules.Workloads.All.Where(workload => !rules.Unavailable.ContainsKey(workload.Kind)).Select(workload => new WorkloadEntry(
                workload.Kind, workload.SizeUnit, workload.MaxSize, workload.IsNatureKnown ? workload.Nature : null, workload.IsOwnCode)),
        ],
        [.. rules.Models.Where(model => !rules.Unavailable.ContainsKey(model))]);
}

/// <summary>A workload that specs may name.</summary>
/// <param name="SizeUnit">What its size counts; empty where nobody said.</param>
/// <param name="Nature">What its tasks spend their time on; null where that is measured.</param>
/// <param name="IsOwnCode">Whether it is a user's method.</param>
internal sealed record WorkloadEntry(string Kind, string SizeUnit, long MaxSize, WorkloadNature? Nature, bool IsOwnCode);
