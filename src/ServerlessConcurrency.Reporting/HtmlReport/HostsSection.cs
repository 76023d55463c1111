using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Reporting.Charts;
using ServerlessConcurrency.Reporting.Html;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.HtmlReport;

/// <summary>When the hosts of queue and Durable fan-outs began to work, in their last round.</summary>
internal static class HostsSection
{
    public static void Write(HtmlWriter html, IReadOnlyList<ResultTable> tables)
    {
        (ResultTable Table, LineChart Chart)[] charts =
            [.. from table in tables let chart = ChartOf(table) where chart is not null select (table, chart)];
        if (charts.Length == 0)
            return;
        html.WriteLine($"""<h2 id="hosts">Hosts at work</h2>""");
        foreach ((ResultTable table, LineChart chart) in charts)
        {
            html.WriteLine($"""<section class="card charts"><h3>{table.Workload} <span class="of">size {Figures.Count(table.Size)}</span></h3>""");
            chart.Write(html);
            foreach (string hosts in HostsText.Of(table))
                html.WriteLine($"""<p class="of">{hosts}</p>""");
            html.WriteLine($"</section>");
        }
    }

    private static LineChart? ChartOf(ResultTable table) => LineChart.Of(
        "Hosts that have begun to work, last round",
        "time since the run began, ms",
        [
            .. from row in table.Rows
               where KnownModels.Get(row.Model).RunsOnHosts
               let run = row.Runs.LastOrDefault(run => run is { IsValid: true, HostsFromMs.Count: > 0 })
               where run is not null
               select new ChartLine(row.Model, ModelStyle.Of(row.Model), Arrivals(run), [], Shape: LineShape.Step),
        ],
        AxisScale.Linear,
        AxisScale.Linear,
        "hosts");

    private static List<ChartPoint> Arrivals(RunResult run) =>
    [
        new ChartPoint(0, 0),
        .. run.HostsFromMs!.Select((from, index) => new ChartPoint(Math.Max(0, from), index + 1)),
        new ChartPoint(Math.Max(run.WallMs, run.HostsFromMs![^1]), run.HostsFromMs.Count, "end of the run"),
    ];
}
