namespace ServerlessConcurrency.Core.Findings;

/// <summary>What runs of different rounds have in common.</summary>
/// <param name="Workload">The workload's kind.</param>
/// <param name="Size">The size of each task.</param>
/// <param name="Model">The model's id.</param>
internal readonly record struct RunKind(string Workload, long Size, string Model)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Workload} {Size} under {Model}");
}
