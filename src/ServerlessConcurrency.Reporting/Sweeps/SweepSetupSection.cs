using ServerlessConcurrency.Core.Sweeps;
using ServerlessConcurrency.Core.Wording;
using ServerlessConcurrency.Reporting.Html;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.Sweeps;

/// <summary>The experiments of a sweep, each with its own report beside this one's folder.</summary>
internal static class SweepSetupSection
{
    public static void Write(HtmlWriter html, SweepDocument document)
    {
        html.WriteLine(
            $"""
            <section>
            <h2 id="method">Experiments</h2>
            <p>{Counted.Of(document.Spec.Rounds, "round")}{(document.Spec.Precision is null ? "" : " or more")} each, after {Figures.Count(document.Spec.WarmupRounds)} for warming up; seed {document.Spec.Seed}; {document.Environment.Os}, {document.Environment.Runtime}{ProgramText.Clause(document.Environment)}.</p>
            """);
        HtmlTable.Write(
            html,
            "Experiments",
            "Experiments by value",
            () => html.Write(
                $"""<th scope="col">{SweepReader.NameOf(document.Over)}</th><th scope="col">Experiment</th><th scope="col">Status</th><th scope="col" class="n">Processors</th>"""),
            () =>
            {
                foreach (SweepExperiment experiment in document.Experiments)
                    html.WriteLine($"""<tr><th scope="row">{Figures.Count(experiment.Value)}</th><td><code>{experiment.Id}</code></td><td>{experiment.Status.ToString().ToLowerInvariant()}</td><td class="n">{experiment.Processors}</td></tr>""");
            },
            "dense");
        html.WriteLine($"</section>");
    }
}
