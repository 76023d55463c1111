using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.HtmlReport;

/// <summary>What was asked for and where it ran.</summary>
internal static class SetupSection
{
    /// <summary>Writes the section.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="document">The experiment.</param>
    public static void Write(HtmlWriter html, ExperimentDocument document)
    {
        html.Write($"<section class=\"columns\">\n<div>\n<h2>Specification</h2>\n<dl>\n");
        if (document.Spec.IsOfClaims)
            WriteSpecOfClaims(html, document.Spec);
        else
            WriteSpec(html, document.Spec);
        html.Write($"</dl>\n</div>\n<div>\n<h2>Environment</h2>\n<dl>\n");
        WriteEnvironment(html, document);
        html.Write($"</dl>\n</div>\n</section>\n");
    }

    private static void WriteSpec(HtmlWriter html, ExperimentSpec spec)
    {
        WriteEntry(html, "Workloads", string.Join("; ", spec.Workloads.Select(
            workload => $"{workload.Kind}, size {Figures.Count(workload.Size)}, {Figures.Count(workload.Tasks)} tasks")));
        WriteEntry(html, "Models", string.Join(", ", spec.Models));
        WriteEntry(html, "Degree", spec.Degree is null ? "each model’s default" : Figures.Count(spec.Degree));
        WriteEntry(html, "Rounds", $"{Figures.Count(spec.Rounds)} measured, after {Figures.Count(spec.WarmupRounds)} for warming up");
        if (spec.Precision is { } precision)
            WriteEntry(html, "Precision", $"more rounds until every interval is within ±{Figures.Count(precision * 100)} %, at most {Figures.Count(spec.MaxRounds)}{Budget(spec)}");
        WriteEntry(html, "Short runs", spec.MinRunMs > 0 && !spec.ColdStart ? $"repeated until they take {Figures.Count(spec.MinRunMs)} ms together" : "not repeated");
        if (spec.ColdStart)
            WriteEntry(html, "Cold start", "every run starts fresh processes, which is measured");
        WriteEntry(html, "Task timeout", $"{Figures.Count(spec.TaskTimeoutSeconds)} s");
        WriteEntry(html, "Seed", $"{spec.Seed}");
    }

    private static void WriteSpecOfClaims(HtmlWriter html, ExperimentSpec spec)
    {
        WriteEntry(html, "Claims", string.Join(", ", spec.Only ?? []));
        WriteEntry(html, "Measurement", spec.Quick ? "quick: as few rounds as a verdict needs" : "full");
        WriteEntry(html, "Seed", $"{spec.Seed}");
    }

    private static string Budget(ExperimentSpec spec) =>
        spec.TimeBudgetSeconds is { } seconds ? $"; none begins after {Figures.Count(seconds)} s" : "";

    private static void WriteEnvironment(HtmlWriter html, ExperimentDocument document)
    {
        EnvironmentInfo environment = document.Environment;
        WriteEntry(html, "Engine", environment.Engine);
        WriteEntry(html, "System", environment.Os);
        WriteEntry(html, "Processor", environment.Cpu.Length == 0 ? "not known" : environment.Cpu);
        WriteEntry(html, "Processors", Figures.Count(environment.Processors) + Limits(environment));
        WriteEntry(html, "Runtime", string.Join(", ", Runtimes(document)));
        WriteEntry(html, "Started", Figures.Moment(document.StartedAt));
        WriteEntry(html, "Finished", document.FinishedAt is { } finishedAt ? Figures.Moment(finishedAt) : Figures.None);
    }

    private static IEnumerable<string> Runtimes(ExperimentDocument document) =>
        (document.Claims ?? []).Select(claim => claim.CPython.Runtime).Where(runtime => runtime.Length > 0)
            .Prepend(document.Environment.Runtime).Distinct();

    private static string Limits(EnvironmentInfo environment) => environment.Limits is { } limits && limits.Machine > environment.Processors
        ? $" of the machine’s {Figures.Count(limits.Machine)}"
        : "";

    private static void WriteEntry(HtmlWriter html, string name, string value) =>
        html.Write($"<div><dt>{name}</dt><dd>{value}</dd></div>\n");
}
