using ServerlessConcurrency.Core.Analysis;

namespace ServerlessConcurrency.Core.Comparisons;

/// <summary>The runs of one workload, size, number of tasks and model in two experiments.</summary>
public sealed record ComparedRuns
{
    /// <summary>The workload's kind.</summary>
    public required string Workload { get; init; }

    /// <summary>The size of each task, in the workload's unit.</summary>
    public required long Size { get; init; }

    /// <summary>How many tasks a run has.</summary>
    public required int Tasks { get; init; }

    /// <summary>The concurrency model's id.</summary>
    public required string Model { get; init; }

    /// <summary>The reference's median wall time, in ms; null where it has no valid run.</summary>
    public required double? BeforeMs { get; init; }

    /// <summary>The other's median wall time, in ms; null where it has no valid run.</summary>
    public required double? AfterMs { get; init; }

    /// <summary>The other's median by the reference's: above 1 it is slower. Null where one has no valid run.</summary>
    public double? Ratio { get; init; }

    /// <summary>The lower end of the 95 % bootstrap interval of the ratio.</summary>
    public double? RatioLow { get; init; }

    /// <summary>The upper end of the 95 % bootstrap interval of the ratio.</summary>
    public double? RatioHigh { get; init; }

    /// <summary>The p-value of the Mann-Whitney U test, corrected by Holm's method for the number of comparisons.</summary>
    public double? AdjustedPValue { get; init; }

    /// <summary>How the other compares with the reference; null where one has no valid run.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>
    /// Whether it counts as a regression: shown to be slower, by more than is allowed; or every run failed now and not before.
    /// </summary>
    public bool IsRegression { get; init; }

    /// <summary>Whether it may be one: the ratio is above what is allowed, but not shown to be above 1.</summary>
    public bool IsDoubtful { get; init; }
}
