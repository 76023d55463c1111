using System.Globalization;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Wording;
using ServerlessConcurrency.Reporting.Html;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.HtmlReport;

/// <summary>The results of one workload and size: a chart and a table with a row per model.</summary>
internal static class ResultSection
{
    private const int ColumnsOfFigures = 8;

    public static void Write(HtmlWriter html, ResultTable table)
    {
        html.WriteLine(
            $"""
            <section class="card">
            <h3>{table.Workload} <span class="of">size {Figures.Count(table.Size)}, {Counted.Of(table.Tasks, "task")} a run{table.Nature}</span></h3>
            """);
        SpeedupChart.Of(table)?.Write(html);
        double longest = Math.Max(1, table.Rows.Max(row => row.Analysis?.Speedup) ?? 1);
        HtmlTable.Write(
            html,
            $"Results of {table.Workload} {table.Size}",
            "Results by model",
            () => WriteHead(html, table.ShowsInFlight),
            () =>
            {
                foreach (ResultRow row in table.Rows)
                    WriteRow(html, row, table.ShowsInFlight, table.Recommendation?.Model == row.Model ? table.Recommendation : null, longest);
            });
        html.WriteLine($"</section>");
    }

    private static void WriteHead(HtmlWriter html, bool showsInFlight)
    {
        html.Write($"""<th scope="col">Model</th><th scope="col" class="n">Degree</th>""");
        if (showsInFlight)
            html.Write($"""<th scope="col" class="n">In flight</th>""");
        html.Write(
            $"""
            <th scope="col" class="n">Runs</th>
            <th scope="col" class="n">Median ms<small>95 % CI</small></th>
            <th scope="col" class="wide">Speed-up<small>95 % CI</small></th>
            <th scope="col">Verdict</th>
            <th scope="col" class="n">Efficiency</th>
            <th scope="col" class="n">CPU ms</th>
            <th scope="col" class="n">Context switches<small>voluntary / involuntary</small></th>
            <th scope="col" class="n">Peak RSS<small>MiB</small></th>
            <th scope="col" class="n">Hosts</th>
            """);
    }

    private static void WriteRow(HtmlWriter html, ResultRow row, bool showsInFlight, Recommendation? recommendation, double longest)
    {
        html.Write($"""<tr><th scope="row">{row.Model}""");
        if (recommendation is not null)
            html.Write($"""<small class="recommended">★ {(recommendation.IsDecided ? "recommended" : "for now")}</small>""");
        if (row.InvalidRuns > 0 && row.Analysis is not null)
            html.Write($"""<small class="bad">{row.InvalidRuns} of {Counted.Of(row.Runs.Count, "run")} failed, not averaged: {row.FirstError}</small>""");
        html.Write($"""</th><td class="n">{Figures.Count(row.Degree)}</td>""");
        if (showsInFlight)
            html.Write($"""<td class="n">{Figures.Count(row.InFlight)}</td>""");
        html.Write($"""<td class="n">{ValidRuns(row)}""");
        if (row.Analysis is { Repeats: > 1 } repeated)
            html.Write($"<small>× {Figures.Count(repeated.Repeats)}</small>");
        if (row.Analysis is { Outliers.Count: > 0 } scattered)
            html.Write($"<small>{scattered.Outliers.Count} far off</small>");
        html.Write($"</td>");
        if (row.Analysis is { } analysis)
            WriteFigures(html, row, analysis, longest);
        else if (row.Runs.Count > 0)
            html.Write($"""<td colspan="{ColumnsOfFigures}" class="bad"><span class="told">No valid run: {row.InvalidRuns} of {Counted.Of(row.Runs.Count, "run")} failed. The first said: {row.FirstError}</span></td>""");
        else
            html.Write($"""<td colspan="{ColumnsOfFigures}" class="missing">Not measured</td>""");
        html.WriteLine($"</tr>");
    }

    private static void WriteFigures(HtmlWriter html, ResultRow row, ModelAnalysis analysis, double longest)
    {
        html.Write($"""<td class="n"><b>{Figures.Milliseconds(analysis.MedianMs)}</b><small>{Interval(Figures.Milliseconds(analysis.CiLowMs), Figures.Milliseconds(analysis.CiHighMs))}</small></td>""");
        WriteSpeedup(html, analysis, longest);
        html.Write($"""<td><span class="verdict {VerdictClass(analysis.Verdict)}">{Figures.Verdict(analysis.Verdict)}</span>""");
        if (analysis.PValue is not null && analysis.Verdict is not Verdict.Baseline)
            html.Write($"<small>{Figures.PValue(analysis.AdjustedPValue ?? analysis.PValue)}</small>");
        html.Write($"</td>");
        html.Write($"""<td class="n">{Figures.Ratio(analysis.Efficiency)}</td>""");
        html.Write($"""<td class="n">{Figures.Milliseconds(analysis.CpuMs)}</td>""");
        html.Write($"""<td class="n">{Figures.Count(row.VoluntarySwitches)} / {Figures.Count(row.InvoluntarySwitches)}</td>""");
        html.Write($"""<td class="n">{Figures.Mebibytes(row.PeakRssBytes)}</td>""");
        html.Write($"""<td class="n">{Figures.Hosts(row)}</td>""");
    }

    private static void WriteSpeedup(HtmlWriter html, ModelAnalysis analysis, double longest)
    {
        if (analysis.Speedup is not { } speedup)
        {
            html.Write($"""<td class="wide">{Figures.None}</td>""");
            return;
        }

        html.Write($"""<td class="wide"><b>{Figures.Ratio(speedup)}×</b>""");
        if (analysis.Verdict is not Verdict.Baseline)
            html.Write($""" <small class="inline">{Interval(Figures.Ratio(analysis.SpeedupLow), Figures.Ratio(analysis.SpeedupHigh))}</small>""");
        html.Write($"""<svg class="bar" width="100%" height="9" aria-hidden="true"><rect class="fill {VerdictClass(analysis.Verdict)}" width="{Percent(speedup / longest)}" y="1" height="7"/><line class="one" x1="{Percent(1 / longest)}" x2="{Percent(1 / longest)}" y1="0" y2="9"/></svg></td>""");
    }

    private static string ValidRuns(ResultRow row) => row.InvalidRuns == 0
        ? Figures.Count(row.Runs.Count)
        : $"{Figures.Count(row.Runs.Count - row.InvalidRuns)} of {Figures.Count(row.Runs.Count)}";

    private static string Interval(string low, string high) => $"{low} – {high}";

    private static string VerdictClass(Verdict? verdict) => verdict switch
    {
        Verdict.Faster => "faster",
        Verdict.Slower => "slower",
        _ => "neutral",
    };

    private static string Percent(double ratio) =>
        (Math.Clamp(ratio, 0, 1) * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%";
}
