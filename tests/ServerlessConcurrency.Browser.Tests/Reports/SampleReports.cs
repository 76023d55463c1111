using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Reporting.Exporting;
using ServerlessConcurrency.Reporting.HtmlReport;
using ServerlessConcurrency.Reporting.Sweeps;
using ServerlessConcurrency.Reporting.Tests;

namespace ServerlessConcurrency.Browser.Tests.Reports;

/// <summary>Reports of each kind as files.</summary>
internal static class SampleReports
{
    public const string Experiment = "experiment";
    public const string Sweep = "sweep";
    public const string Claims = "claims";
    public const string Static = "static";

    /// <summary>A script, markup, both quotes, text turned around and a hundred emoji.</summary>
    public static string Hostile { get; } =
        "</script><script>window.broken = true</script><img src=x onerror=\"window.broken = true\">'\"\u202Edesrever" + string.Concat(Enumerable.Repeat("🚀", 100));

    public static Task<string> WriteAsync(string folder, string kind) => kind switch
    {
        Sweep => WriteAsync(folder, new SweepHtmlExporter(), SampleSweep.OverDegree()),
        Claims => WriteAsync(folder, new HtmlReportExporter(), SampleClaims.Create()),
        Static => WriteExperimentAsync(folder, WithTroubles(SampleExperiment.Create()), isStatic: true),
        _ => WriteExperimentAsync(folder, WithTroubles(SampleExperiment.Create())),
    };

    public static async Task<string> WriteExperimentAsync(string folder, (ExperimentDocument Document, IReadOnlyList<RunTimings> Timings) sample, bool isStatic = false)
    {
        string path = Path.Combine(folder, "report.html");
        await using FileStream file = File.Create(path);
        await new HtmlReportExporter(isStatic).WriteAsync(sample.Document, chosen => sample.Timings.Where(run => chosen.Runs.Any(wanted => wanted.RunId == run.Run.RunId)).ToAsyncEnumerable(), file, CancellationToken.None);
        return path;
    }

    /// <summary>An experiment whose models, workload, hosts and findings have hostile names.</summary>
    public static (ExperimentDocument Document, IReadOnlyList<RunTimings> Timings) WithHostileNames()
    {
        (ExperimentDocument document, IReadOnlyList<RunTimings> timings) = WithTroubles(SampleExperiment.Create(rounds: 2));
        RunTimings[] renamed =
        [
            .. timings.Where(run => run.Run.Workload == "primes" && run.Run.Model is "sequential" or "threads").Select(run => new RunTimings(
                run.Run with { Workload = Hostile, Model = run.Run.Model == "threads" ? Hostile : run.Run.Model },
                [.. run.Timings.Select(timing => timing with { HostId = Hostile })])),
        ];
        document = document with
        {
            Spec = document.Spec with { Name = Hostile, Models = ["sequential", Hostile], Workloads = [new WorkloadSpec(Hostile, renamed[0].Run.Size, 32)] },
            Runs = [.. renamed.Select(run => run.Run)],
        };
        return (SampleExperiment.Analysed(document) with { Findings = [new Finding(Hostile, FindingSeverity.Warning, Hostile)] }, renamed);
    }

    // One task of each run of processes is lost and tried again.
    private static (ExperimentDocument Document, IReadOnlyList<RunTimings> Timings) WithTroubles(SampleExperiment sample) =>
    (
        sample.Document,
        [
            .. sample.Timings.Select(run => run.Run.Model != "processes" ? run : run with
            {
                Timings = [run.Timings[0] with { Outcome = TaskOutcome.Lost, FinishedMs = run.Timings[0].StartedMs + 1 }, run.Timings[0] with { Attempt = 2, StartedMs = run.Timings[0].StartedMs + 2 }, .. run.Timings.Skip(1)],
            }),
        ]);

    private static async Task<string> WriteAsync<T>(string folder, IDocumentExporter<T> exporter, T document)
    {
        string path = Path.Combine(folder, exporter.FileName);
        await using FileStream file = File.Create(path);
        await exporter.WriteAsync(document, file);
        return path;
    }
}
