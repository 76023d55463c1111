using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Core.Findings;

/// <summary>A model that held more waits at once was faster than one that held fewer: the intervals of their medians do not meet.</summary>
public sealed class UnequalConcurrencyRule : IFindingRule
{
    public IEnumerable<Finding> Evaluate(ExperimentDocument document) =>
        from median in document.Analysis
        join kind in WorkloadProfile.ByKind(document) on median.Kind equals kind.Key
        let run = kind.First()
        where run is { Nature: WorkloadNature.IoBound, InFlight: not null } && run.Model != SequentialModel.ModelId
        group (InFlight: run.InFlight!.Value, Median: median) by (run.Workload, run.Size) into models
        where models.Any(more => models.Any(less => more.InFlight > less.InFlight && more.Median.CiHighMs < less.Median.CiLowMs))
        let held = models.ToLookup(model => model.InFlight, model => model.Median.Model)
        select new Finding(
            "unequal-concurrency",
            FindingSeverity.Info,
            FormattableString.Invariant($"In {models.Key.Workload} {models.Key.Size}, {Describe(held)}: the comparison is one of limits. Give all the same with {Remedy(held)}."));

    // E.g. "async and event-loop held 64 waits at once, threads 32".
    private static string Describe(ILookup<int, string> held) => string.Join(", ", held
        .OrderByDescending(models => models.Key)
        .Select((models, place) => FormattableString.Invariant(
            $"{List([.. models])} {(place == 0 ? "held " : "")}{models.Key:N0}{(place == 0 ? " waits at once" : "")}")));

    private static string List(string[] names) => names is [.. var others, var last] && others.Length > 0 ? $"{string.Join(", ", others)} and {last}" : names[0];

    private static string Remedy(ILookup<int, string> held)
    {
        int least = held.Min(models => models.Key);
        int most = held.Max(models => models.Key);
        return FormattableString.Invariant($"--in-flight {least}") + (most <= ModelTraits.MostDegree ? FormattableString.Invariant($" or --degree {most}") : "");
    }
}
