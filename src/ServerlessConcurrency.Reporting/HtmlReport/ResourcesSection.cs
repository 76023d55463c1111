using MathNet.Numerics.Statistics;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Reporting.Charts;
using ServerlessConcurrency.Reporting.Html;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.HtmlReport;

/// <summary>What runs used of the machine: processor time, context switches and memory, by model.</summary>
internal static class ResourcesSection
{
    private const double BytesPerMebibyte = 1024 * 1024;
    private static readonly (string Name, Func<RunResult, double?> Of)[] Processor = [("CPU time", run => run.CpuMs)];
    private static readonly (string Name, Func<RunResult, double?> Of)[] Memory = [("peak RSS", run => run.PeakRssBytes / BytesPerMebibyte)];

    private static readonly (string Name, Func<RunResult, double?> Of)[] Switches =
    [
        ("voluntary: a thread waited", run => run.ContextSwitches?.Voluntary),
        ("involuntary: the scheduler took the processor away", run => run.ContextSwitches?.Involuntary),
    ];

    public static void Write(HtmlWriter html, IReadOnlyList<ResultTable> tables)
    {
        if (tables.All(table => table.Rows.All(row => row.Runs.Count == row.InvalidRuns)))
            return;
        html.WriteLine($"""<h2 id="resources">Resources</h2>""");
        foreach (ResultTable table in tables.Where(table => table.Rows.Any(row => row.Runs.Count > row.InvalidRuns)))
        {
            html.WriteLine($"""<section class="card charts"><h3>{table.Workload} <span class="of">size {Figures.Count(table.Size)}</span></h3>""");
            ChartOf(table, "Processor time of a run, all processes, ms", Processor)?.Write(html);
            ChartOf(table, "Context switches of a run", Switches)?.Write(html);
            ChartOf(table, "Peak resident memory of a run, all processes, MiB", Memory)?.Write(html);
            html.WriteLine($"""<p class="of">The figures: <a href="#results">Results</a> and <a href="#runs">All runs</a>.</p></section>""");
        }
    }

    private static RowChart? ChartOf(ResultTable table, string caption, (string Name, Func<RunResult, double?> Of)[] measures)
    {
        ChartRow[] rows = [.. table.Rows.Select(row => RowOf(row, measures)).Where(row => row.Marks.Count > 0)];
        return rows.Length == 0 ? null : new RowChart(
            caption,
            Axis.Of(AxisScale.Fitting, [.. rows.SelectMany(row => row.Marks).SelectMany(mark => new[] { mark.Estimate, mark.Low, mark.High })]),
            rows,
            [],
            ["mark: median of the valid runs; line: from the smallest to the largest"]);
    }

    private static ChartRow RowOf(ResultRow row, (string Name, Func<RunResult, double?> Of)[] measures)
    {
        RowMark[] marks = [.. measures.Select((measure, index) => MarkOf(row, measure.Name, measure.Of, index, measures.Length)).OfType<RowMark>()];
        return new ChartRow(row.Model, $"{row.Model}: {string.Join("; ", marks.Select(mark => $"{mark.Name} {mark.Text}"))}", marks, []);
    }

    private static RowMark? MarkOf(ResultRow row, string name, Func<RunResult, double?> of, int index, int measures)
    {
        double[] values = [.. row.Runs.Where(run => run.IsValid).Select(of).OfType<double>()];
        if (values.Length == 0)
            return null;
        double median = values.Median();
        return new RowMark(
            name,
            measures == 1 ? ModelStyle.Of(row.Model) : index + 1,
            index,
            $"{Figures.Quantity(median)} ({Figures.Quantity(values.Min())} to {Figures.Quantity(values.Max())})",
            median,
            values.Min(),
            values.Max());
    }
}
