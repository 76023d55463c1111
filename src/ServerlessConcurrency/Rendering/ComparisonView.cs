using System.Globalization;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Comparisons;
using ServerlessConcurrency.Reporting.Comparisons;
using ServerlessConcurrency.Reporting.Results;
using Spectre.Console;

namespace ServerlessConcurrency.Rendering;

/// <summary>Two experiments compared, as the terminal shows it: a table, what makes it doubtful, and the outcome in a line.</summary>
internal static class ComparisonView
{
    private static readonly IReadOnlyList<Column<ComparedRuns>> Columns =
    [
        new("Model", 0, Justify.Left, false, runs => runs.Model),
        new("Before ms", 0, Justify.Right, false, runs => Figures.Milliseconds(runs.BeforeMs)),
        new("After ms", 0, Justify.Right, false, runs => Figures.Milliseconds(runs.AfterMs)),
        new("After / before", 0, Justify.Right, true, runs => Figures.Ratio(runs.Ratio)),
        new("95 % CI", 0, Justify.Right, false, runs => runs.Ratio is null ? Figures.None : $"{Figures.Ratio(runs.RatioLow)}..{Figures.Ratio(runs.RatioHigh)}"),
        new("p (Holm)", 1, Justify.Right, false, runs => Figures.PValue(runs.AdjustedPValue)),
        new("Verdict", 0, Justify.Left, true, ComparisonText.VerdictOf, Wraps: true),
    ];

    public static void Write(IAnsiConsole console, ExperimentComparison comparison)
    {
        console.MarkupLineInterpolated($"[bold]{comparison.After}[/] compared with [bold]{comparison.Before}[/]");
        foreach (IGrouping<(string Workload, long Size), ComparedRuns> workload in comparison.Runs.GroupBy(runs => (runs.Workload, runs.Size)))
        {
            console.WriteLine();
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold]{workload.Key.Workload}[/], size {workload.Key.Size}");
            console.Write(FittingTable.Create(Columns, [.. workload], StyleOf, console.Profile.Width));
        }

        foreach (string note in comparison.Notes)
            console.MarkupLineInterpolated($"[yellow]note:[/] {note}");
        foreach (string warning in comparison.Warnings)
            console.MarkupLineInterpolated($"[yellow]warning:[/] {warning}");
        WriteList(console, comparison.Before, comparison.OnlyBefore);
        WriteList(console, comparison.After, comparison.OnlyAfter);
        WriteOutcome(console, comparison);
    }

    private static void WriteList(IAnsiConsole console, string id, IReadOnlyList<string> kinds)
    {
        if (kinds.Count > 0)
            console.MarkupLineInterpolated($"[grey]only in {id}: {string.Join(", ", kinds)}[/]");
    }

    private static void WriteOutcome(IAnsiConsole console, ExperimentComparison comparison)
    {
        string colour = comparison.HasRegression || comparison.IsUndecidable ? "red" : "green";
        if (ComparisonText.Outcome(comparison) is { } outcome)
            console.MarkupLine($"[{colour}]{Markup.Escape(outcome)}[/]{Markup.Escape(ComparisonText.Doubts(comparison))}");
    }

    private static Style StyleOf(ComparedRuns runs) => ResultTableView.StyleOf(runs.IsRegression ? Verdict.Slower : runs.Verdict);
}
