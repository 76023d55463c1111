using System.Globalization;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Experiments;
using Spectre.Console;

namespace ServerlessConcurrency.Cli.Rendering;

/// <summary>The results of one workload: a row for each model. Narrow terminals get fewer columns.</summary>
internal static class ResultTable
{
    private const int BarWidth = 12;
    private const int WidthForAllColumns = 126;

    /// <summary>Makes the table.</summary>
    public static Table Create(ExperimentDocument document, WorkloadSpec workload, Profile profile)
    {
        ModelAnalysis[] rows =
            [.. document.Analysis.Where(row => row.Workload == workload.Kind && row.Size == workload.Size)];
        double fastest = rows.Select(row => row.Speedup ?? 0).DefaultIfEmpty(1).Max();
        Column[] columns = [.. Columns(fastest, profile.Capabilities.Unicode)
            .Where(column => column.Essential || profile.Width >= WidthForAllColumns)];
        var table = new Table
        {
            Border = TableBorder.Simple,
        };
        foreach (Column column in columns)
            table.AddColumn(new TableColumn(column.Title) { Alignment = column.Alignment, NoWrap = true, Padding = new Padding(0, 0, 1, 0) });
        foreach (ModelAnalysis row in rows)
            table.AddRow(columns.Select(column => new Markup(column.Cell(row, RunsOf(document, row)))));
        foreach (string missing in document.Spec.Models.Except(rows.Select(row => row.Model)))
            table.AddRow(Markup.Escape(missing), "", "no valid run");
        return table;
    }

    private static RunResult[] RunsOf(ExperimentDocument document, ModelAnalysis row) =>
        [.. document.Runs.Where(run => run.IsValid && (run.Workload, run.Size, run.Model) == (row.Workload, row.Size, row.Model))];

    private static IEnumerable<Column> Columns(double fastest, bool unicode) =>
    [
        new("Model", true, Justify.Left, (row, _) => Coloured(row, row.Model)),
        new("Degree", true, Justify.Right, (row, _) => Number(row.Degree, "0")),
        new("Median ms", true, Justify.Right, (row, _) => Number(row.MedianMs, "0.0")),
        new("95 % CI", true, Justify.Right, (row, _) => $"{Number(row.CiLowMs, "0.0")}..{Number(row.CiHighMs, "0.0")}"),
        new("Speed-up", true, Justify.Right, (row, _) => Coloured(row, Number(row.Speedup, "0.00"))),
        new("", true, Justify.Left, (row, _) => Coloured(row, Bar(row.Speedup / fastest, unicode))),
        new("95 % CI", true, Justify.Right, (row, _) => row.Speedup is null
            ? "" : $"{Number(row.SpeedupLow, "0.00")}..{Number(row.SpeedupHigh, "0.00")}"),
        new("Efficiency", false, Justify.Right, (row, _) => Number(row.Efficiency, "0.00")),
        new("CPU ms", false, Justify.Right, (row, _) => Number(row.CpuMs, "0.0")),
        new("Switches", false, Justify.Right, (_, runs) => Switches(runs)),
        new("Peak MiB", false, Justify.Right, (_, runs) => Number(MedianOf(runs, run => run.PeakRssBytes) / (1 << 20), "0")),
        new("Hosts", false, Justify.Right, (_, runs) => Number(runs.Max(run => run.Hosts), "0")),
        new("Verdict", true, Justify.Left, (row, _) => Coloured(row, Describe(row.Verdict))),
    ];

    private static string Switches(RunResult[] runs) =>
        $"{Number(MedianOf(runs, run => run.ContextSwitches?.Voluntary), "0")}"
        + $"+{Number(MedianOf(runs, run => run.ContextSwitches?.Involuntary), "0")}";

    private static double? MedianOf(RunResult[] runs, Func<RunResult, long?> figure)
    {
        double[] known = [.. runs.Select(figure).OfType<long>().Select(value => (double)value)];
        return known.Length == 0 ? null : MedianInterval.Of(known).Estimate;
    }

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    private static string Bar(double? part, bool unicode)
    {
        int length = (int)Math.Round(BarWidth * Math.Clamp(part ?? 0, 0, 1));
        return new string(unicode ? '█' : '#', part is null ? 0 : Math.Max(1, length));
    }

    private static string Describe(Verdict? verdict) => verdict switch
    {
        Verdict.NoDifference => "no difference",
        null => "",
        _ => verdict.Value.ToString().ToLowerInvariant(),
    };

    private static string Coloured(ModelAnalysis row, string text) => row.Verdict switch
    {
        Verdict.Faster => $"[green]{Markup.Escape(text)}[/]",
        Verdict.Slower => $"[red]{Markup.Escape(text)}[/]",
        _ => Markup.Escape(text),
    };

    private sealed record Column(
        string Title, bool Essential, Justify Alignment, Func<ModelAnalysis, RunResult[], string> Cell);
}
