using ServerlessConcurrency.Core.Sweeps;
using ServerlessConcurrency.Reporting.HtmlReport;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.Sweeps;

/// <summary>The experiments of a sweep, each with its own report beside this one's folder.</summary>
internal static class SweepSetupSection
{
    /// <summary>Writes the section.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="document">The sweep.</param>
    public static void Write(HtmlWriter html, SweepDocument document)
    {
        html.Write($"<section>\n<h2>Experiments</h2>\n<p>{Figures.Count(document.Spec.Rounds)} rounds{(document.Spec.Precision is null ? "" : " or more")} each, after {Figures.Count(document.Spec.WarmupRounds)} for warming up; seed {document.Spec.Seed}; {document.Environment.Os}, {document.Environment.Runtime}.</p>\n");
        html.Write($"<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Experiments\">\n<table class=\"dense\">\n<thead><tr><th scope=\"col\">{SweepReader.NameOf(document.Over)}</th><th scope=\"col\">Experiment</th><th scope=\"col\">Status</th><th scope=\"col\" class=\"n\">Processors</th></tr></thead>\n<tbody>\n");
        foreach (SweepExperiment experiment in document.Experiments)
            html.Write($"<tr><th scope=\"row\">{Figures.Count(experiment.Value)}</th><td><code>{experiment.Id}</code></td><td>{experiment.Status.ToString().ToLowerInvariant()}</td><td class=\"n\">{experiment.Processors}</td></tr>\n");
        html.Write($"</tbody>\n</table>\n</div>\n</section>\n");
    }
}
