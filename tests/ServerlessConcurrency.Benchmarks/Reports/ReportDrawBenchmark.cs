using System.Text.Json;
using Microsoft.Playwright;
using ServerlessConcurrency.Benchmarks.Harness;
using ServerlessConcurrency.Browser.Tests;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Reporting.HtmlReport;

namespace ServerlessConcurrency.Benchmarks.Reports;

/// <summary>How long a browser takes from opening a report until the timeline of a run is drawn, beside a page that has nothing but ECharts and the same bars.</summary>
internal sealed class ReportDrawBenchmark : Benchmark
{
    private const int Tasks = 20_000;
    private const int Threads = 32;
    private const int ManyTasks = 200_000;
    private const double TargetRatio = 2;
    private const double TargetManyMs = 10_000;

    public override string Name => "report-draw";

    public override async Task<IReadOnlyList<BenchmarkRow>> RunAsync(int rounds)
    {
        if (InstalledBrowser.Path is not { } path)
        {
            await Console.Error.WriteLineAsync($"{Name}: {InstalledBrowser.Missing}");
            return [new BenchmarkRow($"a report of {Tasks:N0} timings", null, "ms", "ECharts alone", null, null, $"at most {TargetRatio} times", null)];
        }

        string folder = Directory.CreateTempSubdirectory("sconc-bench-").FullName;
        try
        {
            string report = await WriteReportAsync(folder, Tasks);
            string many = await WriteReportAsync(folder, ManyTasks);
            string inFlight = await WriteReportAsync(folder, Tasks, inFlight: Tasks);
            string minimal = await WriteMinimalAsync(folder);
            using IPlaywright playwright = await Playwright.CreateAsync();
            await using IBrowser browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, ChromiumSandbox = false, Args = ["--disable-gpu", "--disable-background-networking"] });
            Rounds measured = await Rounds.MeasureAsync(
                rounds,
                () => TimeAsync(browser, $"{report}#timeline", "drawn-timeline"),
                () => TimeAsync(browser, minimal, "drawn"),
                () => TimeAsync(browser, $"{many}#timeline", "drawn-timeline"),
                () => TimeAsync(browser, $"{inFlight}#timeline", "drawn-timeline"));
            return
            [
                new BenchmarkRow(
                    $"a report of {Tasks:N0} timings, opened and drawn",
                    measured.Median(0),
                    "ms",
                    "ECharts alone, the same bars",
                    measured.Median(1),
                    measured.Ratio(0, 1),
                    $"at most {TargetRatio} times",
                    measured.Ratio(0, 1) <= TargetRatio),
                new BenchmarkRow(
                    $"a report of {ManyTasks:N0} timings, opened and drawn", measured.Median(2), "ms", "", null, null, $"at most {TargetManyMs:N0} ms", measured.Median(2) <= TargetManyMs),
                new BenchmarkRow(
                    $"a report of {Tasks:N0} timings, all in flight at once, opened and drawn", measured.Median(3), "ms", "", null, null, $"at most {TargetManyMs:N0} ms", measured.Median(3) <= TargetManyMs),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // From the start of navigation until the frame after the mark was painted.
    private static async Task<double> TimeAsync(IBrowser browser, string address, string mark)
    {
        IBrowserContext context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1_400, Height = 900 } });
        IPage page = await context.NewPageAsync();
        await page.GotoAsync(address);
        double time = await page.EvaluateAsync<double>(
            """
            mark => new Promise(seen => {
              const look = () => performance.getEntriesByName(mark).length > 0
                ? requestAnimationFrame(() => requestAnimationFrame(() => seen(performance.now())))
                : requestAnimationFrame(look);
              look();
            })
            """,
            mark);
        await context.CloseAsync();
        return time;
    }

    private static async Task<string> WriteReportAsync(string folder, int tasks, int inFlight = Threads)
    {
        TaskTiming[] timings = [.. Timings(tasks, inFlight)];
        var run = new RunResult
        {
            RunId = "r0001-001",
            Round = 1,
            Workload = "primes",
            Size = 1_000,
            Model = "processes",
            Degree = 8,
            Tasks = tasks,
            WallMs = timings.Max(timing => timing.FinishedMs),
            CpuMs = 1,
            GarbageCollections = null,
            AllocatedBytes = null,
            Hosts = 8,
            Threads = 32,
            Checksum = "00000000000000ff",
            Failed = 0,
            Retried = 0,
        };
        var document = new ExperimentDocument
        {
            Id = "20260131-093000-k7qd",
            Status = ExperimentStatus.Completed,
            StartedAt = DateTimeOffset.UnixEpoch,
            Spec = new ExperimentSpec { Name = "drawn", Workloads = [new("primes", 1_000, tasks)], Models = ["processes"] },
            Environment = new EnvironmentInfo("", "", 2, "", "local"),
            Progress = new ExperimentProgress(1, 1, null),
            Runs = [run],
        };
        string path = Path.Combine(folder, $"{tasks}-{inFlight}.html");
        await using FileStream file = File.Create(path);
        await new HtmlReportExporter().WriteAsync(document, _ => new[] { new RunTimings(run, timings) }.ToAsyncEnumerable(), file, CancellationToken.None);
        return new Uri(path).AbsoluteUri;
    }

    private static async Task<string> WriteMinimalAsync(string folder)
    {
        string library = Path.Combine(RepositoryRoot(), "src", "ServerlessConcurrency.Reporting", "obj", "page", "node_modules", "echarts", "dist", "echarts.min.js");
        double[][] bars = [.. Timings(Tasks, Threads).Select(timing => new[] { ((timing.ProcessId - 1) * 4) + timing.ThreadId - 1, timing.StartedMs, timing.FinishedMs })];
        string path = Path.Combine(folder, "minimal.html");
        await File.WriteAllTextAsync(
            path,
            $$"""
            <!DOCTYPE html><meta charset="utf-8"><div id="chart" style="width:1200px;height:700px"></div>
            <script>{{await File.ReadAllTextAsync(library)}}</script>
            <script>
            const chart = echarts.init(document.getElementById('chart'));
            chart.on('finished', () => performance.mark('drawn'));
            chart.setOption({
              animation: false, xAxis: { type: 'value' }, yAxis: { type: 'category', data: Array.from({ length: 32 }, (_, lane) => 'thread ' + lane) },
              dataZoom: [{ type: 'inside', filterMode: 'none' }, { type: 'slider', filterMode: 'none' }],
              series: [{
                type: 'custom', data: {{JsonSerializer.Serialize(bars)}}, encode: { x: [1, 2], y: 0 },
                renderItem: (_, api) => {
                  const [x1, y] = api.coord([api.value(1), api.value(0)]);
                  const [x2] = api.coord([api.value(2), api.value(0)]);
                  return { type: 'rect', shape: { x: x1, y: y - 6, width: x2 - x1, height: 12 }, style: { fill: '#2458c5' } };
                },
              }],
            });
            </script>
            """);
        return new Uri(path).AbsoluteUri;
    }

    private static IEnumerable<TaskTiming> Timings(int tasks, int inFlight)
    {
        var random = new Random(42);
        var free = new double[inFlight];
        for (int task = 0; task < tasks; task++)
        {
            int lane = task % free.Length;
            double began = free[lane] + (0.1 * random.NextDouble());
            free[lane] = began + 1 + random.NextDouble();
            int process = 1 + (lane % Threads / 4);
            yield return new TaskTiming(task, 1, $"machine-{process}", process, 1 + (lane % 4), QueuedMs: 0, began, free[lane], 1, TaskOutcome.Succeeded);
        }
    }

    private static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ServerlessConcurrency.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The benchmarks are run from the repository.");
    }
}
