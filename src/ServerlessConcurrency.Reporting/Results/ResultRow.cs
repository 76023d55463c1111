using MathNet.Numerics.Statistics;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Costs;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Reporting.Results;

/// <summary>The results of one model for one workload and size. Figures rest on valid runs only.</summary>
public sealed record ResultRow
{
    public required string Model { get; init; }

    /// <summary>How many threads, processes or hosts worked at once; null before the first run.</summary>
    public int? Degree { get; init; }

    /// <summary>How many tasks could be under way at once; null before the first run and in documents of earlier versions.</summary>
    public int? InFlight { get; init; }

    /// <summary>The statistics; null if there is no valid run.</summary>
    public ModelAnalysis? Analysis { get; init; }

    /// <summary>Every measured run, in the order in which they ran.</summary>
    public required IReadOnlyList<RunResult> Runs { get; init; }

    /// <summary>How many runs cannot be averaged in.</summary>
    public int InvalidRuns { get; init; }

    /// <summary>What went wrong in the first run that cannot be averaged in; null if all can.</summary>
    public string? FirstError { get; init; }

    /// <summary>The median of voluntary context switches of a run; null where the system counts none.</summary>
    public double? VoluntarySwitches { get; init; }

    /// <summary>The median of involuntary context switches of a run; null where the system counts none.</summary>
    public double? InvoluntarySwitches { get; init; }

    /// <summary>The largest peak resident set of a run, in bytes; null where unknown.</summary>
    public long? PeakRssBytes { get; init; }

    /// <summary>The fewest distinct processes that executed a run's tasks; null without a valid run.</summary>
    public int? FewestHosts { get; init; }

    /// <summary>The most distinct processes that executed a run's tasks; null without a valid run.</summary>
    public int? MostHosts { get; init; }

    /// <summary>What a million tasks cost on a plan.</summary>
    /// <returns>US dollars; null where not known.</returns>
    public double? SporadicCostOn(IHostingPlan plan) =>
        Analysis is { } analysis && analysis.SporadicCostPerMillionTasks.TryGetValue(plan.Id, out double cost) ? cost : null;

    public double? CostOn(IHostingPlan plan) =>
        Analysis is { } analysis && analysis.CostPerMillionTasks.TryGetValue(plan.Id, out double cost) ? cost : null;

    internal static ResultRow Of(string model, ModelAnalysis? analysis, IReadOnlyList<RunResult> runs)
    {
        List<RunResult> valid = [.. runs.Where(run => run.IsValid)];
        return new ResultRow
        {
            Model = model,
            Degree = analysis?.Degree ?? (runs is [var first, ..] ? first.Degree : null),
            InFlight = runs is [{ InFlight: var inFlight }, ..] ? inFlight : null,
            Analysis = analysis is { Rounds: > 0 } && double.IsFinite(analysis.MedianMs) ? analysis : null,
            Runs = runs,
            InvalidRuns = runs.Count - valid.Count,
            FirstError = FirstErrorOf(runs),
            VoluntarySwitches = Median(valid.Select(run => run.ContextSwitches?.Voluntary)),
            InvoluntarySwitches = Median(valid.Select(run => run.ContextSwitches?.Involuntary)),
            PeakRssBytes = valid.Max(run => run.PeakRssBytes),
            FewestHosts = valid.Count == 0 ? null : valid.Min(run => run.Hosts),
            MostHosts = valid.Count == 0 ? null : valid.Max(run => run.Hosts),
        };
    }

    private static string? FirstErrorOf(IReadOnlyList<RunResult> runs) =>
        runs.FirstOrDefault(run => !run.IsValid) is { } invalid
            ? invalid.Error ?? $"{invalid.Failed} of {Counted.Of(invalid.Tasks, "task")} failed"
            : null;

    private static double? Median(IEnumerable<long?> counts)
    {
        double[] known = [.. counts.OfType<long>()];
        return known.Length == 0 ? null : known.Median();
    }
}
