using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;

namespace ServerlessConcurrency.Core.Comparisons;

/// <summary>Two experiments compared run by run: what <c>sconc compare</c> prints.</summary>
public sealed record ExperimentComparison
{
    /// <summary>The id of the experiment that is the reference.</summary>
    public required string Before { get; init; }

    /// <summary>The id of the experiment that is compared with it.</summary>
    public required string After { get; init; }

    public required EnvironmentInfo BeforeEnvironment { get; init; }

    public required EnvironmentInfo AfterEnvironment { get; init; }

    /// <summary>A ratio that is shown to be above this is a regression; null where nothing is.</summary>
    public double? FailAbove { get; init; }

    /// <summary>What both measured, in the order of the reference's spec.</summary>
    public required IReadOnlyList<ComparedRuns> Runs { get; init; }

    /// <summary>What only the reference measured, e.g. <c>primes 20000 x 32 under threads</c>.</summary>
    public required IReadOnlyList<string> OnlyBefore { get; init; }

    /// <summary>What only the other measured.</summary>
    public required IReadOnlyList<string> OnlyAfter { get; init; }

    /// <summary>What makes the comparison doubtful, e.g. another processor.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>What cannot be shown with so few rounds, whatever the times are.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>
    /// How many rounds of each experiment it takes before a difference can be shown among so many comparisons, 6 or more; null where there are as
    /// many.
    /// </summary>
    public int? RoundsNeeded { get; init; }

    /// <summary>What an experiment says of two versions that it measured, in the shape of two experiments.</summary>
    /// <returns>The comparison; null where it did not measure two versions.</returns>
    public static ExperimentComparison? OfVersions(ExperimentDocument document) => document.Versions is not { } versions ? null : new ExperimentComparison
    {
        Before = "the earlier version",
        After = document.Id,
        BeforeEnvironment = document.Environment,
        AfterEnvironment = document.Environment,
        FailAbove = versions.FailAbove,
        Runs = versions.Runs,
        OnlyBefore = [],
        OnlyAfter = [],
        Notes = versions.Notes,
        Warnings = versions.Warnings,
    };

    /// <summary>Whether there is a limit and something has too few valid rounds to be judged by it.</summary>
    public bool IsUndecidable => Runs.Any(runs => runs.IsUndecidable);

    /// <summary>Whether anything is slower than allowed, failed, or came to other results.</summary>
    public bool HasRegression => Runs.Any(runs => runs.IsRegression);
}
