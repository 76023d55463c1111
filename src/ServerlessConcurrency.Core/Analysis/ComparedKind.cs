namespace ServerlessConcurrency.Core.Analysis;

/// <summary>What runs of two experiments have to have in common to be the same work.</summary>
internal readonly record struct ComparedKind(string Workload, long Size, int Tasks, string Model)
{
    public override string ToString() => FormattableString.Invariant($"{Workload} {Size} x {Tasks} under {Model}");
}
