using ServerlessConcurrency.Reporting.Html;
using ServerlessConcurrency.Reporting.Results;
using ServerlessConcurrency.Reporting.Timelines;

namespace ServerlessConcurrency.Reporting.HtmlReport;

/// <summary>Who ran what when: tasks by host, process and thread. The page's script draws it, one run at a time; a page without one has drawings.</summary>
internal static class TimelineSection
{
    public static void Write(HtmlWriter html, Timeline? timeline, IReadOnlyList<ResultTable> tables, bool isStatic)
    {
        if (timeline is null)
            return;
        html.WriteLine(
            $"""
            <h2 id="timeline">Timeline</h2>
            <section class="card charts">
            """);
        if (timeline.LeftOut is not null)
            html.WriteLine($"<p>{timeline.LeftOut}</p>");
        if (isStatic)
            TimelineStrips.Write(html, timeline, tables);
        else if (timeline.Runs.Count > 0)
        {
            html.WriteLine(
                $"""
                <figure class="chart timeline" data-drawing="{html.Draw(timeline)}"><figcaption>Tasks by host and thread, ms since the run began</figcaption>
                <p class="still">Drawn by this page’s script. <code>trace.json</code> has the same for Perfetto.</p></figure>
                """);
        }

        html.WriteLine($"</section>");
    }
}
