using System.Text.Json.Serialization;

namespace ServerlessConcurrency.Core.Analysis;

/// <summary>Two versions of workloads that one experiment measured, compared round by round: before is the earlier one.</summary>
public sealed record VersionComparison
{
    /// <summary>A ratio that is shown to be above this is a regression; null where nothing is.</summary>
    public double? FailAbove { get; init; }

    /// <summary>What was measured of both, in the order of the spec.</summary>
    public required IReadOnlyList<ComparedRuns> Runs { get; init; }

    /// <summary>What makes the comparison doubtful.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What cannot be shown with so few rounds, whatever the times are.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Whether there is a limit and something has too few valid rounds to be judged by it.</summary>
    [JsonIgnore]
    public bool IsUndecidable => Runs.Any(runs => runs.IsUndecidable);

    /// <summary>Whether anything is slower than allowed, failed, or came to other results.</summary>
    [JsonIgnore]
    public bool HasRegression => Runs.Any(runs => runs.IsRegression);
}
