using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.HtmlReport;

/// <summary>What a report is about, where it was measured, and how far the experiment came.</summary>
internal static class HeaderSection
{
    /// <summary>Writes the section.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="document">The experiment.</param>
    public static void Write(HtmlWriter html, ExperimentDocument document)
    {
        html.Write($"<header>\n<h1>{document.Spec.Name}</h1>\n<p class=\"meta\"><code>{document.Id}</code> · {Figures.Moment(document.StartedAt)}{Took(document)} · {Machine(document.Environment)} · engine {document.Environment.Engine}</p>\n");
        html.Write($"<p class=\"status {HtmlPage.StatusClass(document.Status)}\">{StatusText.Of(document)}");
        if (document.Error is not null)
            html.Write($" <span class=\"error\">{document.Error}</span>");
        html.Write($"</p>\n</header>\n");
    }

    private static string Took(ExperimentDocument document) =>
        document.FinishedAt is null ? "" : $" · took {Figures.Duration(document)}";

    private static string Machine(EnvironmentInfo environment) =>
        (environment.Cpu.Length == 0 ? "" : $"{environment.Cpu}, ") + Figures.Processors(environment);
}
