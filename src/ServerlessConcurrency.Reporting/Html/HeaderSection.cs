using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.Html;

/// <summary>What a report is about, where it was measured, and how far the experiment came.</summary>
internal static class HeaderSection
{
    public static void Write(HtmlWriter html, MeasurementDocument document) => Write(
        html,
        document.Spec.Name,
        document.Id,
        $"{Figures.Moment(document.StartedAt)}{Took(document)} · {Machine(document.Environment)} · engine {document.Environment.Engine}",
        document.Status,
        StatusText.IsSound(document),
        StatusText.Of(document),
        document.Error);

    public static void Write(
        HtmlWriter html, string title, string id, string about, ExperimentStatus status, bool isSound, string statusText, string? error)
    {
        html.WriteLine(
            $"""
            <header>
            <h1>{title}</h1>
            <p class="meta"><code>{id}</code> · {about}</p>
            """);
        html.Write($"""<p class="status {StyleOf(status, isSound)}">{statusText}""");
        if (error is not null)
            html.Write($""" <span class="error">{error}</span>""");
        html.WriteLine(
            $"""
            </p>
            </header>
            """);
    }

    private static string StyleOf(ExperimentStatus status, bool isSound) => status switch
    {
        ExperimentStatus.Completed when isSound => "good",
        ExperimentStatus.Failed => "bad",
        _ => "unfinished",
    };

    private static string Took(MeasurementDocument document) =>
        document.FinishedAt is null ? "" : $" · took {Figures.Duration(document)}";

    private static string Machine(EnvironmentInfo environment) =>
        (environment.Cpu.Length == 0 ? "" : $"{environment.Cpu}, ") + Figures.Processors(environment);
}
