using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Reporting.Html;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.HtmlReport;

/// <summary>A table of all runs, closed until asked for.</summary>
internal static class RunsSection
{
    /// <summary>The most rows that are written, to keep the page quick.</summary>
    public const int MostRows = 1000;

    public static void Write(HtmlWriter html, ExperimentDocument document)
    {
        html.WriteLine(
            $"""
            <section>
            <details>
            <summary><h2 id="runs">All runs</h2> <span class="of">{Figures.Count(document.Runs.Count)} measured, in the order in which they ran</span></summary>
            """);
        if (document.Runs.Count > MostRows)
            html.WriteLine($"<p>The first {Figures.Count(MostRows)} of {Figures.Count(document.Runs.Count)} runs; all are in experiment.json.</p>");
        HtmlTable.Write(
            html,
            "All runs",
            "All runs",
            () => WriteHead(html),
            () =>
            {
                foreach (RunResult run in document.Runs.Take(MostRows))
                    WriteRow(html, run);
            },
            "dense");
        html.WriteLine(
            $"""
            </details>
            </section>
            """);
    }

    private static void WriteHead(HtmlWriter html) => html.Write(
        $"""
        <th scope="col">Run</th><th scope="col" class="n">Round</th><th scope="col">Workload</th><th scope="col" class="n">Size</th>
        <th scope="col">Model</th><th scope="col" class="n">Degree</th><th scope="col" class="n">Tasks</th><th scope="col" class="n">Repeats</th>
        <th scope="col" class="n">Wall ms</th><th scope="col" class="n">CPU ms</th>
        <th scope="col" class="n">Switches<small>vol. / invol.</small></th><th scope="col" class="n">Peak RSS<small>MiB</small></th>
        <th scope="col" class="n">Allocated<small>MiB</small></th><th scope="col" class="n">Collections<small>gen. 0 / 1 / 2</small></th>
        <th scope="col" class="n">Hosts</th><th scope="col" class="n">Threads</th>
        <th scope="col" class="n">Failed</th><th scope="col" class="n">Retried</th><th scope="col">Checksum</th><th scope="col">Error</th>
        """);

    private static void WriteRow(HtmlWriter html, RunResult run)
    {
        html.Write($"""<tr class="{(run.IsValid ? "valid" : "invalid")}"><th scope="row">{run.RunId}</th><td class="n">{run.Round}</td><td>{run.Workload}</td><td class="n">{Figures.Count(run.Size)}</td>""");
        html.Write($"""<td>{run.Model}</td><td class="n">{run.Degree}</td><td class="n">{Figures.Count(run.Tasks)}</td><td class="n">{Figures.Count(run.Repeats)}</td>""");
        html.Write($"""<td class="n">{Figures.Milliseconds(run.WallMs)}</td><td class="n">{Figures.Milliseconds(run.CpuMs)}</td>""");
        html.Write($"""<td class="n">{Figures.Count(run.ContextSwitches?.Voluntary)} / {Figures.Count(run.ContextSwitches?.Involuntary)}</td><td class="n">{Figures.Mebibytes(run.PeakRssBytes)}</td>""");
        html.Write($"""<td class="n">{Figures.Mebibytes(run.AllocatedBytes)}</td><td class="n">{Collections(run.GarbageCollections)}</td>""");
        html.Write($"""<td class="n">{run.Hosts}</td><td class="n">{run.Threads}</td><td class="n">{Figures.Count(run.Failed)}</td><td class="n">{Figures.Count(run.Retried)}</td>""");
        html.WriteLine($"<td><code>{run.Checksum}</code></td><td>{run.Error}</td></tr>");
    }

    private static string Collections(GarbageCollections? collections) =>
        collections is null ? "–" : $"{collections.Gen0} / {collections.Gen1} / {collections.Gen2}";
}
