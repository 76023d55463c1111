namespace ServerlessConcurrency.Core.Sweeps;

/// <summary>From which value of a sweep on a model beats another one.</summary>
public sealed record BreakEven
{
    public required string Workload { get; init; }

    public required long? Size { get; init; }

    public required string Model { get; init; }

    /// <summary>The model that it is compared with.</summary>
    public required string Reference { get; init; }

    /// <summary>What the sweep says.</summary>
    public required BreakEvenOutcome Outcome { get; init; }

    /// <summary>
    /// The break-even point, between two measured values; null unless the outcome is <see cref="BreakEvenOutcome.FasterFrom"/> or
    /// <see cref="BreakEvenOutcome.FasterUpTo"/>.
    /// </summary>
    public double? Value { get; init; }

    /// <summary>The lower end of the break-even point's 95 % bootstrap interval; null where there is no point.</summary>
    public double? Low { get; init; }

    /// <summary>The upper end of the break-even point's 95 % bootstrap interval; null where there is no point.</summary>
    public double? High { get; init; }

    /// <summary>
    /// The share of resamples, 0 to 1, that cross inside the measured range: in the direction in which the medians cross, or in any
    /// where they do not. Null where there were too few rounds to resample.
    /// </summary>
    public double? CrossingShare { get; init; }

    /// <summary>Why the outcome is <see cref="BreakEvenOutcome.Undecided"/>; null otherwise.</summary>
    public string? Reason { get; init; }

    /// <summary>The ratios on which the outcome rests, by ascending value.</summary>
    public required IReadOnlyList<PairedRatio> Ratios { get; init; }
}
