using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Wording;
using ServerlessConcurrency.Reporting.Charts;
using ServerlessConcurrency.Reporting.Html;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.HtmlReport;

/// <summary>How the runs of each model are spread: every run, and what share of them took no longer than a time.</summary>
internal static class DistributionSection
{
    // More corners than pixels would show.
    private const int MostCorners = 60;

    public static void Write(HtmlWriter html, IReadOnlyList<ResultTable> tables)
    {
        if (tables.All(table => table.Rows.All(row => row.Runs.Count == 0)))
            return;
        html.WriteLine($"""<h2 id="distribution">Every run</h2>""");
        foreach (ResultTable table in tables)
        {
            if (StripChart.Of(table) is not { } strips)
                continue;
            html.WriteLine(
                $"""
                <section class="card charts">
                <h3>{table.Workload} <span class="of">size {Figures.Count(table.Size)}, {Counted.Of(table.Tasks, "task")} a run</span></h3>
                """);
            strips.Write(html);
            CumulativeChart(table)?.Write(html);
            html.WriteLine($"""<p class="of">The figures: <a href="#runs">All runs</a>.</p></section>""");
        }
    }

    private static LineChart? CumulativeChart(ResultTable table) => LineChart.Of(
        "Share of runs that took no longer",
        "wall time of a run, ms",
        [.. table.Rows.Select(row => new ChartLine(row.Model, ModelStyle.Of(row.Model), Cumulative(row.Runs), [], Shape: LineShape.Step))],
        AxisScale.Fitting,
        AxisScale.Linear,
        "share of runs");

    private static ChartPoint[] Cumulative(IEnumerable<RunResult> runs)
    {
        double[] times = [.. runs.Where(run => run.IsValid).Select(run => run.WallMs).Order()];
        if (times.Length == 0)
            return [];
        int corners = Math.Min(times.Length, MostCorners);
        IEnumerable<int> ranks = corners == 1 ? [0] : Enumerable.Range(0, corners).Select(corner => (int)((long)corner * (times.Length - 1) / (corners - 1)));
        return [new ChartPoint(times[0], 0), .. ranks.Select(rank => new ChartPoint(times[rank], (rank + 1.0) / times.Length))];
    }
}
