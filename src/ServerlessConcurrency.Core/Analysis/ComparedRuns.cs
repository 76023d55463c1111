using System.Text.Json.Serialization;

namespace ServerlessConcurrency.Core.Analysis;

/// <summary>The runs of one workload, size, number of tasks and model in two experiments, or of two versions in one.</summary>
public sealed record ComparedRuns
{
    public required string Workload { get; init; }

    public required long Size { get; init; }

    public required int Tasks { get; init; }

    public required string Model { get; init; }

    /// <summary>What is compared, e.g. <c>primes 20000 x 32 under threads</c>.</summary>
    [JsonIgnore]
    public string Name => new ComparedKind(Workload, Size, Tasks, Model).ToString();

    /// <summary>The reference's median wall time, in ms; null where it has no valid run.</summary>
    public required double? BeforeMs { get; init; }

    /// <summary>The other's median wall time, in ms; null where it has no valid run.</summary>
    public required double? AfterMs { get; init; }

    /// <summary>
    /// The other's median by the reference's, of two versions in one experiment the middle of the ratios within rounds: above 1 it is slower. Null
    /// where one has no valid run.
    /// </summary>
    public double? Ratio { get; init; }

    /// <summary>The lower end of the interval of the ratio: 95 %, with fewer than 6 rounds less.</summary>
    public double? RatioLow { get; init; }

    /// <summary>The upper end of the interval of the ratio: 95 %, with fewer than 6 rounds less.</summary>
    public double? RatioHigh { get; init; }

    /// <summary>The p-value, of the Mann-Whitney U test or for two versions in one experiment of the signed-rank test, corrected by Holm's method for the number of comparisons.</summary>
    public double? AdjustedPValue { get; init; }

    /// <summary>How the other compares with the reference; null where one has no valid run.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>
    /// The one-sided p-value of taking longer than the limit times the reference, by the same test, corrected by Holm's method for
    /// the number of comparisons; null without a limit.
    /// </summary>
    public double? LimitPValue { get; init; }

    /// <summary>Whether the same tasks came to other results, so that it is not the same work any more.</summary>
    public bool HasOtherResults { get; init; }

    /// <summary>
    /// Whether it counts as a regression, always false without a limit: <see cref="LimitPValue"/> is 0.05 or less; or 6 or more rounds cannot get
    /// there among so many comparisons, and every run took longer than the limit times every run of the reference; or every run failed now and not
    /// before; or the results are others.
    /// </summary>
    public bool IsRegression { get; init; }

    /// <summary>Whether there is a limit and it has too few valid rounds to be judged by it.</summary>
    public bool IsUndecidable { get; init; }

    /// <summary>Whether it may be one: the ratio is above what is allowed, but not shown to be.</summary>
    public bool IsDoubtful { get; init; }
}
