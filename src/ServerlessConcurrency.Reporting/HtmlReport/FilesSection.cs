using ServerlessConcurrency.Reporting.Html;

namespace ServerlessConcurrency.Reporting.HtmlReport;

/// <summary>The files beside a report.</summary>
internal static class FilesSection
{
    public static void Write(HtmlWriter html) => html.Write(
        $"""
        <section>
        <h2 id="files">Files</h2>
        <ul class="files">
        <li><a href="experiment.json">experiment.json</a>: all figures</li>
        <li><a href="timings.csv">timings.csv</a>: every task attempt</li>
        <li><a href="trace.json">trace.json</a>: every task attempt on a timeline; open it at <a href="https://ui.perfetto.dev" rel="noreferrer">ui.perfetto.dev</a> or in chrome://tracing</li>
        <li><a href="report.md">report.md</a>: the answers in Markdown, for a pull request</li>
        </ul>
        </section>

        """);
}
