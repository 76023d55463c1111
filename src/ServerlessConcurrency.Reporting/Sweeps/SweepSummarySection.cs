using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Sweeps;
using ServerlessConcurrency.Reporting.Html;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.Sweeps;

/// <summary>The top of a sweep's report: what it is about, how far it came, where models overtake each other.</summary>
internal static class SweepSummarySection
{
    public static void Write(HtmlWriter html, SweepDocument document)
    {
        EnvironmentInfo environment = document.Environment;
        HeaderSection.Write(
            html,
            document.Spec.Name,
            document.Id,
            $"sweep over {SweepReader.NameOf(document.Over)} · {Figures.Moment(document.StartedAt)} · {environment.Cpu} {Figures.Processors(environment)} · engine {environment.Engine}",
            document.Status,
            SweepText.IsSound(document),
            SweepText.Status(document),
            document.Error);
        html.WriteLine(
            $"""
            <section>
            <h2 id="break-even">Break-even points</h2>
            """);
        if (document.BreakEvens.Count == 0)
            html.WriteLine($"<p>{SweepText.NoBreakEven(document)}</p>");
        else
            WriteSentences(html, document);
        html.WriteLine($"</section>");
        if (document.Remarks.Count == 0)
            return;
        html.WriteLine(
            $"""
            <section>
            <h2>Remarks</h2>
            <ul class="findings">
            """);
        foreach (string remark in document.Remarks)
            html.WriteLine($"""<li class="info">{remark}</li>""");
        html.WriteLine(
            $"""
            </ul>
            </section>
            """);
    }

    private static void WriteSentences(HtmlWriter html, SweepDocument document)
    {
        html.WriteLine($"""<ul class="sentences">""");
        foreach (BreakEven breakEven in SweepText.WorthTelling(document))
            html.WriteLine($"""<li class="{(breakEven.Outcome == BreakEvenOutcome.Undecided ? "undecided" : "decided")}">{SweepText.Of(breakEven, document.Over)}.</li>""");
        if (SweepText.Untold(document) is { } untold)
            html.WriteLine($"""<li class="undecided">{untold}</li>""");
        html.WriteLine($"</ul>");
    }
}
