using System.Globalization;
using System.Text;
using ServerlessConcurrency.Core.Wording;
using ServerlessConcurrency.Reporting.Charts;
using ServerlessConcurrency.Reporting.Html;
using ServerlessConcurrency.Reporting.Results;
using ServerlessConcurrency.Reporting.Timelines;

namespace ServerlessConcurrency.Reporting.HtmlReport;

/// <summary>A timeline in SVG: a figure for each run, in it a strip for each lane, and a table of what each lane did.</summary>
internal static class TimelineStrips
{
    /// <summary>The most bars that are drawn of a run: of more, those closest to each other are drawn as one.</summary>
    public const int MostBars = 2_000;

    // A strip is stretched sideways, whatever its width.
    private const double UnitsOfPercent = 10;
    private const int LaneHeight = 16;

    // Between two bars, so that they can be told apart, and what is too little for that.
    private const double Distance = 1;
    private const double LeastDistance = 0.5;
    private const double LeastWidth = 1;
    private const double LeastTroubledWidth = 4;

    public static void Write(HtmlWriter html, Timeline timeline, IReadOnlyList<ResultTable> tables)
    {
        html.WriteLine($"""<p class="legend"><span><i class="swatch"></i>executed</span><span><i class="swatch waited"></i>waited in the queue</span><span><i class="swatch retried"></i>tried again</span><span><i class="swatch troubled"></i>failed, lost, timed out or not counted</span></p>""");
        foreach (ResultTable table in tables)
        {
            TimelineRun[] runs =
            [
                .. from row in table.Rows
                   from run in timeline.Runs
                   where run.Workload == table.Workload && run.Size == table.Size && run.Model == row.Model
                   select run,
            ];
            if (runs.Length > 0)
                html.WriteLine($"""<h3>{table.Workload} <span class="of">size {Figures.Count(table.Size)}</span></h3>""");
            foreach (TimelineRun run in runs)
                WriteRun(html, timeline, run);
        }
    }

    private static void WriteRun(HtmlWriter html, Timeline timeline, TimelineRun run)
    {
        TimelineLane[] lanes = [.. timeline.LanesOf(run)];
        Axis axis = Axis.Of(AxisScale.Linear, [run.WallMs, .. lanes.SelectMany(lane => lane.Attempts).Select(attempt => attempt.EndMs)]);
        double distance = LeastDistance;
        Bars[] bars = Draw();
        while (bars.Sum(bar => bar.Count) > MostBars)
        {
            distance *= 2;
            bars = Draw();
        }

        int attempts = lanes.Sum(lane => lane.Attempts.Count);
        string shown = $"{Counted.Of(attempts, "task attempt")} in {Counted.Of(lanes.Length, "lane")}{(run.LanesLeftOut is { } leftOut ? $" of {Figures.Count(lanes.Length + leftOut)}" : "")}";
        string caption = $"{run.Model}, round {Figures.Count(run.Round)}: {Figures.Milliseconds(run.WallMs)} ms{(run.IsValid ? "" : ", failed")}";
        html.WriteLine($"""<figure class="chart timeline"><figcaption><b>{caption}</b>; {shown}, ms since the run began</figcaption><div class="strips lanes" role="img" aria-label="{caption}; {shown}: the table below says what each did">""");
        string? host = null;
        for (int index = 0; index < lanes.Length; index++)
        {
            if (timeline.Hosts.Count > 1 && host != lanes[index].Host)
                html.WriteLine($"""<span class="host">{host = lanes[index].Host}</span>""");
            WriteLane(html, axis, lanes[index], bars[index]);
        }

        StripAxis.WriteTicks(html, axis);
        html.WriteLine($"</div>");
        if (bars.Sum(bar => bar.Attempts) < attempts)
            html.WriteLine($"""<p class="of">Tasks less than {Figures.Milliseconds(distance * (axis.Ticks[^1] - axis.Ticks[0]) / (axis.Percent(axis.Ticks[^1]) - axis.Percent(axis.Ticks[0])) / UnitsOfPercent)} ms apart are drawn as one bar.</p>""");
        WriteTable(html, caption, lanes);
        html.WriteLine($"</figure>");

        Bars[] Draw() => [.. lanes.Select(lane => Bars.Of(axis, lane.Attempts, distance))];
    }

    private static void WriteLane(HtmlWriter html, Axis axis, TimelineLane lane, Bars bars)
    {
        html.Write($"""<span class="strip-name">{lane.Name}</span><svg class="strip lane" aria-hidden="true" viewBox="0 0 {100 * UnitsOfPercent} {LaneHeight}" preserveAspectRatio="none" width="100%" height="{LaneHeight}">""");
        StripAxis.WriteGrid(html, axis, LaneHeight);
        WriteBars(html, "waited", bars.Waited, LaneHeight - 2);
        WriteBars(html, "executed", bars.Executed, (LaneHeight / 2) - 1);
        WriteBars(html, "retried", bars.Retried, (LaneHeight / 2) - 1);
        WriteBars(html, "troubled", bars.Troubled, LaneHeight / 2);
        html.WriteLine($"</svg>");
    }

    private static void WriteBars(HtmlWriter html, string kind, IReadOnlyList<(double From, double To)> bars, int y)
    {
        if (bars.Count == 0)
            return;
        var path = new StringBuilder();
        foreach ((double from, double to) in bars)
            path.Append(CultureInfo.InvariantCulture, $"M{from:0.#} {y}h{to - from:0.#}");
        html.Write($"""<path class="{kind}" d="{path.ToString()}"/>""");
    }

    private static void WriteTable(HtmlWriter html, string caption, TimelineLane[] lanes)
    {
        html.WriteLine($"<details><summary>As a table: what each thread did</summary>");
        HtmlTable.Write(
            html,
            caption,
            "Threads of the run",
            () => html.Write($"""<th scope="col">Host</th><th scope="col">Thread</th><th scope="col" class="n">Tasks</th><th scope="col" class="n">Busy ms</th><th scope="col" class="n">Waited ms, mean</th><th scope="col" class="n">Tried again</th><th scope="col" class="n">Failed or lost</th>"""),
            () =>
            {
                foreach (TimelineLane lane in lanes)
                {
                    TimelineAttempt[] known = [.. lane.Attempts.Where(attempt => attempt.IsKnown)];
                    html.Write($"""<tr><th scope="row">{lane.Host}</th><td>{lane.Name}</td><td class="n">{Figures.Count(lane.Attempts.Count)}</td><td class="n">{Figures.Milliseconds(lane.Attempts.Sum(attempt => attempt.EndMs - attempt.BeginMs))}</td>""");
                    html.Write($"""<td class="n">{(known.Length == 0 ? "not known" : Figures.Milliseconds(known.Average(attempt => attempt.BeginMs - attempt.QueuedMs)))}</td>""");
                    html.WriteLine($"""<td class="n">{Figures.Count(lane.Attempts.Count(attempt => attempt.IsRetry))}</td><td class="n">{Figures.Count(lane.Attempts.Count(attempt => attempt.IsTroubled))}</td></tr>""");
                }
            },
            "dense");
        html.WriteLine($"</details>");
    }

    /// <summary>The bars of a lane from left to right.</summary>
    private sealed record Bars(
        IReadOnlyList<(double From, double To)> Waited,
        IReadOnlyList<(double From, double To)> Executed,
        IReadOnlyList<(double From, double To)> Retried,
        IReadOnlyList<(double From, double To)> Troubled)
    {
        public int Attempts => Executed.Count + Retried.Count + Troubled.Count;

        public int Count => Waited.Count + Attempts;

        public static Bars Of(Axis axis, IReadOnlyList<TimelineAttempt> attempts, double distance)
        {
            return new Bars(
                Joined(attempts.Where(attempt => attempt.QueuedMs < attempt.BeginMs).Select(attempt => (X(attempt.QueuedMs), X(attempt.BeginMs)))),
                Joined(attempts.Where(attempt => attempt is { IsTroubled: false, IsRetry: false }).Select(attempt => Bar(attempt, LeastWidth))),
                Joined(attempts.Where(attempt => attempt is { IsTroubled: false, IsRetry: true }).Select(attempt => Bar(attempt, LeastWidth))),
                Joined(attempts.Where(attempt => attempt.IsTroubled).Select(attempt => Bar(attempt, LeastTroubledWidth))));

            double X(double milliseconds) => axis.Percent(milliseconds) * UnitsOfPercent;

            (double From, double To) Bar(TimelineAttempt attempt, double least)
            {
                (double from, double to) = (X(attempt.BeginMs), X(attempt.EndMs));
                return (from, from + Math.Max(least, to - from > 3 * Distance ? to - from - Distance : to - from));
            }

            List<(double From, double To)> Joined(IEnumerable<(double From, double To)> bars)
            {
                var joined = new List<(double From, double To)>();
                foreach ((double from, double to) in bars.OrderBy(bar => bar.From))
                {
                    if (joined.Count > 0 && from < joined[^1].To + distance)
                        joined[^1] = (joined[^1].From, Math.Max(joined[^1].To, to));
                    else
                        joined.Add((from, to));
                }

                return joined;
            }
        }
    }
}
