using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.OwnCode;

/// <summary>A workload of the version that another is measured against, in the same experiment.</summary>
public sealed class EarlierVersion(Workload workload) : Workload
{
    private const string Suffix = "@against";

    public override string Kind => NameOf(workload.Kind);

    public override WorkloadNature Nature => workload.Nature;

    public override bool IsNatureKnown => workload.IsNatureKnown;

    public override bool IsOwnCode => true;

    public override bool HasChecksum => workload.HasChecksum;

    public override string SizeUnit => workload.SizeUnit;

    public override long MaxSize => workload.MaxSize;

    /// <summary>What the earlier version of a workload is called.</summary>
    public static string NameOf(string kind) => kind + Suffix;

    /// <summary>Of which workload this is the earlier version; null where it is none.</summary>
    public static string? NewerOf(string kind) => kind.EndsWith(Suffix, StringComparison.Ordinal) ? kind[..^Suffix.Length] : null;

    public override ulong Execute(TaskInput task, Execution execution) => workload.Execute(task, execution);

    public override ValueTask<ulong> ExecuteAsync(TaskInput task, Execution execution) => workload.ExecuteAsync(task, execution);
}
