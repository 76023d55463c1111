using System.Collections.Concurrent;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
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

    /// <summary>A static one of few runs: it has all that a larger one has, but less of each.</summary>
    public const string Small = "small";

    // Most tests look at the same ones.
    private static readonly ConcurrentDictionary<string, Lazy<Task<byte[]>>> Rendered = [];

    /// <summary>A script, markup, both quotes, text turned around and a hundred emoji.</summary>
    public static string Hostile { get; } =
        "</script><script>window.broken = true</script><img src=x onerror=\"window.broken = true\">'\"\u202Edesrever" + string.Concat(Enumerable.Repeat("🚀", 100));

    public static Task<string> WriteAsync(string folder, string kind) =>
        WriteAsync(folder, Rendered.GetOrAdd(kind, static kind => new(() => RenderAsync(kind))).Value);

    public static Task<string> WriteExperimentAsync(string folder, (ExperimentDocument Document, IReadOnlyList<RunTimings> Timings) sample) =>
        WriteAsync(folder, RenderAsync(sample));

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

    private static async Task<string> WriteAsync(string folder, Task<byte[]> report)
    {
        string path = Path.Combine(folder, "report.html");
        await File.WriteAllBytesAsync(path, await report);
        return path;
    }

    private static Task<byte[]> RenderAsync(string kind) => kind switch
    {
        Sweep => RenderAsync(file => new SweepHtmlExporter().WriteAsync(SampleSweep.OverDegree(), file)),
        Claims => RenderAsync(file => new HtmlReportExporter().WriteAsync(SampleClaims.Create(), file)),
        Small => RenderAsync(WithTroubles(SampleExperiment.Create(rounds: 2, workloads: [new("primes", 200_000, 8)])), isStatic: true),
        _ => RenderAsync(WithTroubles(SampleExperiment.Create()), isStatic: kind == Static),
    };

    private static Task<byte[]> RenderAsync((ExperimentDocument Document, IReadOnlyList<RunTimings> Timings) sample, bool isStatic = false) =>
        RenderAsync(file => new HtmlReportExporter(isStatic).WriteAsync(
            sample.Document, chosen => sample.Timings.Where(run => chosen.Runs.Any(wanted => wanted.RunId == run.Run.RunId)).ToAsyncEnumerable(), file, CancellationToken.None));

    private static async Task<byte[]> RenderAsync(Func<Stream, Task> write)
    {
        using var file = new MemoryStream();
        await write(file);
        return file.ToArray();
    }
}
