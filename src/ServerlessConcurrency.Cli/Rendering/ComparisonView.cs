using System.Globalization;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Comparisons;
using ServerlessConcurrency.Reporting.Results;
using Spectre.Console;

namespace ServerlessConcurrency.Cli.Rendering;

/// <summary>Two experiments compared, as the terminal shows it: a table, what makes it doubtful, and the outcome in a line.</summary>
internal static class ComparisonView
{
    public static void Write(IAnsiConsole console, ExperimentComparison comparison)
    {
        console.MarkupLineInterpolated($"[bold]{comparison.After}[/] compared with [bold]{comparison.Before}[/]");
        console.Write(Table(comparison));
        foreach (string note in comparison.Notes)
            console.MarkupLineInterpolated($"[yellow]note:[/] {note}");
        foreach (string warning in comparison.Warnings)
            console.MarkupLineInterpolated($"[yellow]warning:[/] {warning}");
        WriteList(console, comparison.Before, comparison.OnlyBefore);
        WriteList(console, comparison.After, comparison.OnlyAfter);
        WriteOutcome(console, comparison);
    }

    private static Table Table(ExperimentComparison comparison)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (string title in new[] { "Workload", "Size", "Model", "Before ms", "After ms", "After / before", "95 % CI", "p (Holm)", "Verdict" })
        {
            table.AddColumn(new TableColumn(title)
            {
                Alignment = title is "Workload" or "Model" or "Verdict" ? Justify.Left : Justify.Right,
                NoWrap = true,
                Padding = new Padding(0, 0, 1, 0),
            });
        }

        foreach (ComparedRuns runs in comparison.Runs)
        {
            table.AddRow(
                new Text(runs.Workload),
                new Text(runs.Size.ToString(CultureInfo.InvariantCulture)),
                new Text(runs.Model),
                new Text(Figures.Milliseconds(runs.BeforeMs)),
                new Text(Figures.Milliseconds(runs.AfterMs)),
                new Text(Figures.Ratio(runs.Ratio), StyleOf(runs)),
                new Text(runs.Ratio is null ? Figures.None : $"{Figures.Ratio(runs.RatioLow)} – {Figures.Ratio(runs.RatioHigh)}"),
                new Text(Figures.PValue(runs.AdjustedPValue)),
                new Text(VerdictOf(runs), StyleOf(runs)));
        }

        return table;
    }

    private static void WriteList(IAnsiConsole console, string id, IReadOnlyList<string> kinds)
    {
        if (kinds.Count > 0)
            console.MarkupLineInterpolated($"[grey]only in {id}: {string.Join(", ", kinds)}[/]");
    }

    private static void WriteOutcome(IAnsiConsole console, ExperimentComparison comparison)
    {
        if (comparison.FailAbove is not { } limit)
            return;
        int regressions = comparison.Runs.Count(runs => runs.IsRegression);
        int doubtful = comparison.Runs.Count(runs => runs.IsDoubtful);
        string doubts = doubtful == 0 ? "" : FormattableString.Invariant($" {doubtful} more may be: above {limit:0.00}, but not shown to be.");
        if (regressions > 0)
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[red]{regressions} of {comparison.Runs.Count} became slower than {limit:0.00} times, or failed.[/]{doubts}");
        else if (comparison.IsUndecidable)
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[red]Not decided: too few rounds to tell what is slower than {limit:0.00} times.[/]{doubts}");
        else
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[green]None of {comparison.Runs.Count} is shown to be slower than {limit:0.00} times.[/]{doubts}");
    }

    private static string VerdictOf(ComparedRuns runs) =>
        runs.AfterMs is null ? "failed"
        : runs.BeforeMs is null ? "failed before"
        : runs.HasOtherResults ? "other results" + (runs.IsRegression ? ", regression" : "")
        : runs is { IsRegression: true, Verdict: not Verdict.Slower } ? "regression"
        : Figures.Verdict(runs.Verdict) + (runs.IsRegression ? ", regression" : "");

    private static Style StyleOf(ComparedRuns runs) => runs.IsRegression || runs.Verdict == Verdict.Slower ? new Style(Color.Red)
        : runs.Verdict == Verdict.Faster ? new Style(Color.Green)
        : Style.Plain;
}
