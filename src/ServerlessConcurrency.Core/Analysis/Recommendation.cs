namespace ServerlessConcurrency.Core.Analysis;

/// <summary>The model to use for a workload, as far as the experiment tells.</summary>
public sealed record Recommendation(string Workload, long Size, string Model, string Reason)
{
    /// <summary>
    /// Whether the evidence decides: every other model is shown to be slower, or to be as fast within 3 % and no simpler. If not,
    /// more rounds may tell.
    /// </summary>
    public bool IsDecided { get; init; }

    /// <summary>
    /// How sure it is, 0 to 1: the part of the bootstrap resamples of the rounds in which the model's median was the lowest or within 3 % of
    /// it; null where fewer than two rounds have a valid run of every model.
    /// </summary>
    public double? Confidence { get; init; }

    /// <summary>The model with the lowest median among the others; null where there is none.</summary>
    public string? RunnerUp { get; init; }

    /// <summary>How many times as fast as the runner-up, the median over paired rounds; null without one.</summary>
    public double? Margin { get; init; }

    public double? MarginLow { get; init; }

    public double? MarginHigh { get; init; }

    /// <summary>
    /// From which task size on the model is faster than <c>sequential</c>; null where the experiment has a single size of the workload, or
    /// where they do not swap places within the sizes measured.
    /// </summary>
    public double? BreakEvenSize { get; init; }

    public double? BreakEvenLow { get; init; }

    public double? BreakEvenHigh { get; init; }
}
