using System.Text.Json;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Reporting.Html;

namespace ServerlessConcurrency.Reporting.HtmlReport;

/// <summary>What somebody else needs to repeat an experiment.</summary>
internal static class RepeatSection
{
    public static void Write(HtmlWriter html, ExperimentDocument document) => html.WriteLine(
        $"""
        <section>
        <details>
        <summary><h2>Repeat it</h2> <span class="of">the specification as a file</span></summary>
        <p>Save this as <code>spec.json</code>; the command <code>run spec.json</code> then measures the same plan, in the same order of runs{(IsOpen(document.Spec) ? "; how many rounds it takes may differ, because it stops where it measures enough or its time is over" : "")}. A workload of your own needs its <code>--assembly</code> again.</p>
        <pre tabindex="0"><code>{JsonSerializer.Serialize(document.Spec, ExperimentJson.Indented)}</code></pre>
        </details>
        </section>
        """);

    private static bool IsOpen(ExperimentSpec spec) => spec.Precision is not null || spec.UntilDecided || spec.TimeBudgetSeconds is not null;
}
