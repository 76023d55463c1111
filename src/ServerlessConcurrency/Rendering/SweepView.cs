using System.Globalization;
using ServerlessConcurrency.Core.Sweeps;
using ServerlessConcurrency.Reporting.Files;
using ServerlessConcurrency.Reporting.Results;
using ServerlessConcurrency.Reporting.Sweeps;
using ServerlessConcurrency.Sweeps;
using Spectre.Console;

namespace ServerlessConcurrency.Rendering;

/// <summary>A sweep as the terminal shows it: a table for each workload, break-even points, fits, findings, files.</summary>
internal static class SweepView
{
    public static int Write(CliContext context, SweepOutcome outcome)
    {
        SweepDocument document = outcome.Document;
        string kept = $"{ResultsFolder.PathOf(context.ResultsPath, document.Id)} and the experiments' folders beside it";
        return OutcomeView.Write(context, document, Write, outcome.Failure, kept, document.Status, outcome.AllValid);
    }

    private static void Write(CliContext context, SweepDocument document)
    {
        IAnsiConsole console = context.Out;
        console.MarkupLineInterpolated($"[bold]{document.Spec.Name}[/]  {document.Id}  {SweepText.Status(document)}");
        ExperimentView.WriteEnvironment(console, document.Environment);
        foreach (SweepTable table in SweepTable.Of(document))
        {
            console.WriteLine();
            console.MarkupLineInterpolated(
                CultureInfo.InvariantCulture, $"[bold]{table.Workload}[/], {table.Setting}: median ms and speed-up");
            WriteTables(console, table, Cell);
            if (document.Over != SweepVariable.Cores || !SweepCost.IsKnown(table, document.Over))
                continue;
            console.WriteLine(SweepCost.Title(document.Over));
            WriteTables(console, table, entry => Figures.Dollars(entry is null ? null : SweepCost.Of(entry, document.Over)));
        }

        WriteBreakEvens(console, document);
        WriteFits(console, document);
        FindingsView.Write(context, SweepFindingText.Of(document));
        foreach (string remark in document.Remarks)
        {
            console.WriteLine();
            console.WriteLine(remark);
        }

        string folder = ResultsFolder.PathOf(context.ResultsPath, document.Id);
        console.WriteLine();
        console.WriteFiles(folder, [.. SweepFolder.Exporters.Select(exporter => exporter.FileName)]);
    }

    // Models that do not fit beside the others get a table of their own.
    private static void WriteTables(IAnsiConsole console, SweepTable results, Func<SweepEntry?, string> cell)
    {
        Column<SweepTableRow> value = new(results.Variable, 0, Justify.Right, false, row => Figures.Count(row.Value));
        List<Column<SweepTableRow>> models =
            [.. results.Models.Select((model, index) => new Column<SweepTableRow>(model, 0, Justify.Right, false, row => cell(row.Entries[index])))];
        while (models.Count > 0)
        {
            int fitting = Math.Max(1, Enumerable.Range(1, models.Count).Count(count => FittingTable.Fits([value, .. models[..count]], results.Rows, console.Profile.Width)));
            console.Write(FittingTable.Create([value, .. models[..fitting]], results.Rows, _ => Style.Plain, console.Profile.Width));
            models.RemoveRange(0, fitting);
        }
    }

    private static string Cell(SweepEntry? entry) => entry is null
        ? Figures.None
        : Figures.Milliseconds(entry.MedianMs) + (entry.Speedup is null ? "" : $" {Figures.Ratio(entry.Speedup)}x");

    private static void WriteBreakEvens(IAnsiConsole console, SweepDocument document)
    {
        if (document.BreakEvens.Count == 0)
            return;
        console.WriteLine();
        console.MarkupLine("[bold]Break-even points[/]");
        foreach (BreakEven breakEven in SweepText.WorthTelling(document))
        {
            string colour = breakEven.Outcome == BreakEvenOutcome.Undecided ? "yellow" : "green";
            console.WriteIndented(new Markup($"[{colour}]{Markup.Escape(SweepText.Of(breakEven, document.Over))}[/]"));
        }

        if (SweepText.Untold(document) is { } untold)
            console.WriteIndented(new Text(untold));
    }

    private static void WriteFits(IAnsiConsole console, SweepDocument document)
    {
        if (document.Fits.Count == 0)
            return;
        console.WriteLine();
        console.MarkupLine("[bold]Universal Scalability Law[/]");
        foreach (ScalabilityFit fit in document.Fits)
            console.WriteIndented(new Text(SweepText.Of(fit)));
        foreach (string remark in SweepText.FitRemarks(document))
            console.WriteIndented(new Text(remark));
    }
}
