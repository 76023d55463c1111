namespace ServerlessConcurrency.Core.Analysis;

/// <summary>The model to use for a workload, as far as the experiment tells.</summary>
/// <param name="Model">The simplest of <see cref="Candidates"/>; null where the figures allow no recommendation at all.</param>
/// <param name="Reason">Why, with the figures.</param>
public sealed record Recommendation(string Workload, long Size, string? Model, string Reason)
{
    /// <summary>
    /// Whether the evidence decides: no other model is shown to be faster by more than 3 %, and each that may be as fast is shown not to be faster
    /// by more than 3 %, those with fewer than 6 valid rounds, too. If not, <see cref="Model"/> is a working choice.
    /// </summary>
    public bool IsDecided { get; init; }

    /// <summary>The models that no other is shown to be faster than, the simplest first.</summary>
    public IReadOnlyList<string> Candidates { get; init; } = [];

    /// <summary>
    /// Simpler models that it is shown to be faster than, but not yet by more than 3 %: with more rounds they may turn out to be as fast.
    /// </summary>
    internal IReadOnlyList<string> Contested { get; init; } = [];

    /// <summary>Models with fewer than 6 valid rounds, which may be faster for all that is known.</summary>
    internal IReadOnlyList<string> Unknown { get; init; } = [];

    /// <summary>What would decide it; null where it is decided.</summary>
    public string? Next { get; init; }

    /// <summary>
    /// From which task size on the model is faster than <c>sequential</c>; null where the experiment has a single size of the workload, or
    /// where they do not swap places within the sizes measured.
    /// </summary>
    public double? BreakEvenSize { get; init; }

    public double? BreakEvenLow { get; init; }

    public double? BreakEvenHigh { get; init; }
}
