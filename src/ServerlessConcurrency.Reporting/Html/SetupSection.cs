using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.Html;

/// <summary>What was asked for and where it ran.</summary>
internal static class SetupSection
{
    public static void Write(
        HtmlWriter html, MeasurementDocument document, IEnumerable<(string Name, string Value)> spec, IEnumerable<string> runtimes)
    {
        html.WriteLine(
            $"""
            <section class="columns">
            <div>
            <h2 id="method">Specification</h2>
            <dl>
            """);
        WriteEntries(html, spec);
        html.WriteLine(
            $"""
            </dl>
            </div>
            <div>
            <h2>Environment</h2>
            <dl>
            """);
        WriteEntries(html, EnvironmentOf(document, runtimes));
        html.WriteLine(
            $"""
            </dl>
            </div>
            </section>
            """);
    }

    private static IEnumerable<(string Name, string Value)> EnvironmentOf(MeasurementDocument document, IEnumerable<string> runtimes)
    {
        EnvironmentInfo environment = document.Environment;
        return
        [
            ("Engine", environment.Engine),
            ("System", environment.Os),
            ("Processor", environment.Cpu.Length == 0 ? "not known" : environment.Cpu),
            ("Processors", Figures.Count(environment.Processors) + Limits(environment)),
            ("Runtime", string.Join(", ", runtimes)),
            .. ProgramText.Of(environment),
            ("Started", Figures.Moment(document.StartedAt)),
            ("Finished", document.FinishedAt is { } finishedAt ? Figures.Moment(finishedAt) : Figures.None),
        ];
    }

    private static string Limits(EnvironmentInfo environment) => environment.Limits is { } limits && limits.Machine > environment.Processors
        ? $" of the machine’s {Figures.Count(limits.Machine)}"
        : "";

    private static void WriteEntries(HtmlWriter html, IEnumerable<(string Name, string Value)> entries)
    {
        foreach ((string name, string value) in entries)
            html.WriteLine($"<div><dt>{name}</dt><dd>{value}</dd></div>");
    }
}
