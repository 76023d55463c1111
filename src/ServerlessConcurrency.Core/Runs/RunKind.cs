namespace ServerlessConcurrency.Core.Runs;

/// <summary>What runs of different rounds have in common.</summary>
internal readonly record struct RunKind(string Workload, long Size, string Model)
{
    public override string ToString() => FormattableString.Invariant($"{Workload} {Size} under {Model}");
}
