using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.Html;

/// <summary>What a report is about, where it was measured, and how far the experiment came.</summary>
internal static class HeaderSection
{
    public static void Write(HtmlWriter html, MeasurementDocument document)
    {
        html.WriteLine(
            $"""
            <header>
            <h1>{document.Spec.Name}</h1>
            <p class="meta"><code>{document.Id}</code> · {Figures.Moment(document.StartedAt)}{Took(document)} · {Machine(document.Environment)} · engine {document.Environment.Engine}</p>
            """);
        html.Write($"""<p class="status {HtmlPage.StatusClass(document.Status)}">{StatusText.Of(document)}""");
        if (document.Error is not null)
            html.Write($""" <span class="error">{document.Error}</span>""");
        html.WriteLine(
            $"""
            </p>
            </header>
            """);
    }

    private static string Took(MeasurementDocument document) =>
        document.FinishedAt is null ? "" : $" · took {Figures.Duration(document)}";

    private static string Machine(EnvironmentInfo environment) =>
        (environment.Cpu.Length == 0 ? "" : $"{environment.Cpu}, ") + Figures.Processors(environment);
}
