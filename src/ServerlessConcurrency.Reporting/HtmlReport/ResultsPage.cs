using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Wording;
using ServerlessConcurrency.Reporting.Charts;
using ServerlessConcurrency.Reporting.Html;
using ServerlessConcurrency.Reporting.Results;
using ServerlessConcurrency.Reporting.Timelines;

namespace ServerlessConcurrency.Reporting.HtmlReport;

/// <summary>The page about an experiment: its answer first, then every figure behind it.</summary>
internal static class ResultsPage
{
    public static void Write(HtmlWriter html, ExperimentDocument document, Timeline? timeline, bool isStatic)
    {
        SummarySection.Write(html, document);
        ToolbarSection.Write(html, document.Spec.Models);
        html.WriteLine($"""<h2 id="results">Results</h2>""");
        IReadOnlyList<ResultTable> tables = ResultTable.Of(document);
        foreach (ResultTable table in tables)
            ResultSection.Write(html, table);
        VersionsSection.Write(html, document);
        CostSection.Write(html, document, tables);
        DistributionSection.Write(html, tables);
        TimelineSection.Write(html, timeline, tables, isStatic);
        HostsSection.Write(html, tables);
        ResourcesSection.Write(html, tables);
        RecipeSection.Write(html, document);
        FindingsSection.Write(html, document.Findings);
        SetupSection.Write(html, document, SpecOf(document.Spec), [document.Environment.Runtime]);
        RepeatSection.Write(html, document);
        RunsSection.Write(html, document);
        GuideSection.Write(html);
        FilesSection.Write(html);
    }

    private static IEnumerable<(string Name, string Value)> SpecOf(ExperimentSpec spec)
    {
        yield return ("Workloads", string.Join("; ", spec.Workloads.Select(
            workload => $"{workload.Kind}, size {Figures.Count(workload.Size)}, {Counted.Of(workload.Tasks, "task")}")));
        yield return ("Models", string.Join(", ", spec.Models));
        yield return ("Degree", spec.Degree is null ? "each model’s default" : Figures.Count(spec.Degree));
        if (spec.InFlight is { } inFlight)
            yield return ("In flight", $"at most {Counted.Of(inFlight, "task")} at once");
        yield return ("Rounds", $"{Figures.Count(spec.Rounds)} measured, after {Figures.Count(spec.WarmupRounds)} for warming up");
        if (spec.Precision is { } precision)
            yield return ("Precision", $"more rounds until every interval is within ±{Figures.Quantity(precision * 100)} %, at most {Figures.Count(spec.MaxRounds)}{Budget(spec)}");
        if (spec.UntilDecided)
            yield return ("Further rounds", $"until every recommendation is decided, at most {Figures.Count(spec.MaxRounds)}{(spec.TimeBudgetSeconds is null ? $"; for {Figures.Count(StoppingRule.Patience.TotalSeconds)} s more at most" : Budget(spec))}");
        yield return ("Short runs", spec.MinRunMs > 0 && !spec.ColdStart ? $"repeated until they take {Figures.Count(spec.MinRunMs)} ms together" : "not repeated");
        if (spec.ColdStart)
            yield return ("Cold start", "every run starts fresh processes, which is measured");
        yield return ("Task timeout", $"{Figures.Count(spec.TaskTimeoutSeconds)} s");
        yield return ("Seed", $"{spec.Seed}");
    }

    private static string Budget(ExperimentSpec spec) =>
        spec.TimeBudgetSeconds is { } seconds ? $"; none begins after {Figures.Count(seconds)} s" : "";
}
