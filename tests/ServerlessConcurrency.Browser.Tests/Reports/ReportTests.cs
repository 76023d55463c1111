using System.Globalization;
using Microsoft.Playwright;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Reporting.Tests;
using static Microsoft.Playwright.Assertions;

namespace ServerlessConcurrency.Browser.Tests.Reports;

public sealed class ReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [BrowserTheory]
    [InlineData(SampleReports.Experiment)]
    [InlineData(SampleReports.Sweep)]
    [InlineData(SampleReports.Claims)]
    public async Task A_report_opens_from_disk_asks_for_nothing_complains_of_nothing_and_draws_every_chart(string kind)
    {
        await using OpenReport report = await OpenAsync(kind);

        int charts = await report.ScrollThroughAsync();

        Assert.True(charts > 0);
        for (int index = 0; index < charts; index++)
        {
            (int colours, _) = await OpenReport.LookAtAsync(report.Page.Locator("[data-drawing]").Nth(index));
            Assert.True(colours >= 3, $"chart {index} shows {colours} colours");
        }

        Assert.Equal([report.Address], report.Observed.Requests);
        Assert.Empty(report.Observed.Complaints);
        Assert.InRange(new FileInfo(new Uri(report.Address).LocalPath).Length, 1, 1_500_000);
    }

    [BrowserFact]
    public async Task A_model_that_is_switched_off_leaves_every_chart_and_comes_back()
    {
        await using OpenReport report = await OpenAsync(SampleReports.Experiment);
        await report.ScrollThroughAsync();
        // What is zoomed stays so.
        ILocator canvas = report.Page.Locator("[data-drawing] canvas").First;
        (_, string whole) = await OpenReport.LookAtAsync(report.Page.Locator("[data-drawing]").First);
        await canvas.ScrollIntoViewIfNeededAsync();
        await canvas.HoverAsync();
        await report.Page.Keyboard.DownAsync("Control");
        await report.Page.Mouse.WheelAsync(0, -300);
        await report.Page.Keyboard.UpAsync("Control");
        await report.Page.Mouse.MoveAsync(0, 0);
        string[] before = await LookAsync();
        Assert.NotEqual(whole, before[0]);
        ILocator chip = report.Page.Locator("#toolbar").GetByRole(AriaRole.Button, new() { Name = "threads", Exact = true });

        await chip.FocusAsync();
        await report.Page.Keyboard.PressAsync("Space");

        await Expect(chip).ToHaveAttributeAsync("aria-pressed", "false");
        string[] without = await LookAsync();
        await chip.ClickAsync();
        string[] after = await LookAsync();
        Assert.All(before.Zip(without), pair => Assert.NotEqual(pair.First, pair.Second));
        Assert.Equal(before, after);

        async Task<string[]> LookAsync()
        {
            var seen = new List<string>();
            foreach (ILocator figure in await report.Page.Locator("[data-drawing]:not(.timeline)").AllAsync())
                seen.Add((await OpenReport.LookAtAsync(figure)).Picture);
            return [.. seen];
        }
    }

    [BrowserFact]
    public async Task A_failed_run_off_the_scale_is_at_its_edge()
    {
        SampleExperiment sample = SampleExperiment.Create(rounds: 3);
        RunResult failed = sample.Document.Runs[0] with { Failed = 1, WallMs = 1e6 };
        ExperimentDocument document = SampleExperiment.Analysed(sample.Document with { Runs = [failed, .. sample.Document.Runs.Skip(1)] });
        await using OpenReport report = await OpenReport.OpenAsync(await SampleReports.WriteExperimentAsync(_folder.Path, (document, [])));
        await report.ScrollThroughAsync();

        int pixels = await report.Page.Locator("[data-drawing]:has(.strips.runs) canvas").First.EvaluateAsync<int>(
            """
            canvas => {
              const probe = document.body.appendChild(document.createElement('span'));
              probe.style.color = 'var(--bad-fill)';
              const bad = getComputedStyle(probe).color.match(/\d+/g).map(Number);
              const seen = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
              let count = 0;
              for (let at = 0; at < seen.length; at += 4)
                count += bad.every((part, index) => Math.abs(seen[at + index] - part) < 3);
              return count;
            }
            """);

        Assert.InRange(pixels, 5, 200);
    }

    [BrowserFact]
    public async Task Long_names_errors_and_verdicts_are_within_what_is_seen_of_them()
    {
        const string Name = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwx";
        SampleExperiment sample = SampleExperiment.Create(workloads: [new("delay", 50, 1), new("delay", 70, 32)]);
        string error = $"{new string('e', 300)} {string.Concat(Enumerable.Repeat("word ", 40))}";
        RunResult[] runs = [.. sample.Document.Runs.Select(run => run with { Workload = Name, Failed = run.Model == "queue" ? 1 : 0, Error = run.Model == "queue" ? error : null })];
        ExperimentDocument document = SampleExperiment.Analysed(sample.Document with
        {
            Runs = runs,
            Spec = sample.Document.Spec with { Workloads = [.. sample.Document.Spec.Workloads.Select(workload => workload with { Kind = Name })] },
        });
        RunTimings[] timings = [.. sample.Timings.Zip(runs, (run, renamed) => run with { Run = renamed })];
        await using OpenReport report = await OpenReport.OpenAsync(
            await SampleReports.WriteExperimentAsync(_folder.Path, (document, timings)), new() { ViewportSize = new() { Width = 1_100, Height = 800 } });
        await report.ScrollThroughAsync();

        string[] outside = await report.Page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll('main *')].filter(element => {
              const box = element.closest('.recommendations li, .findings li, .scroll, .card, main');
              const frame = element === box ? box.parentElement : box;
              return element.checkVisibility() && !element.closest('svg svg, .dense, .tip') && element.getBoundingClientRect().right > frame.getBoundingClientRect().right + 0.5;
            }).map(element => element.outerHTML.slice(0, 200))
            """);

        Assert.Empty(outside);
        // All of the table is seen with the column of what is in flight, too.
        await Expect(report.Page.Locator("th").Filter(new() { HasText = "In flight" })).ToHaveCountAsync(2);
        await report.Page.SetViewportSizeAsync(800, 800);
        Assert.True(await report.Page.Locator(".told").First.EvaluateAsync<bool>("told => told.getBoundingClientRect().right <= told.closest('.scroll').getBoundingClientRect().right"));
        Assert.StartsWith("1 task attempt from", await report.Timeline.Locator("output").InnerTextAsync(), StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task The_part_of_the_timeline_that_is_shown_stays_when_colours_change()
    {
        await using OpenReport report = await OpenAsync(SampleReports.Experiment);
        await report.ScrollThroughAsync();
        await report.Timeline.GetByRole(AriaRole.Button, new() { Name = "Zoom in" }).ClickAsync();
        string shown = await report.Timeline.Locator("output").InnerTextAsync();
        (_, string before) = await OpenReport.LookAtAsync(report.Timeline);

        await report.Page.Locator("#theme").ClickAsync();

        Assert.NotEqual(before, (await OpenReport.LookAtAsync(report.Timeline)).Picture);
        Assert.Equal(shown, await report.Timeline.Locator("output").InnerTextAsync());
    }

    [BrowserTheory]
    [InlineData(20_000, "20000", "20,000 lanes")]
    [InlineData(50_100, "50000", "50,000 of 50,100 lanes")]
    public async Task A_timeline_of_many_tasks_in_flight_at_once_has_a_lane_for_each_as_far_as_a_file_can_hold_them(int tasks, string shown, string lanes)
    {
        RunResult run = SampleExperiment.Create(rounds: 1).Document.Runs[0] with { Tasks = tasks, WallMs = tasks + 1_000 };
        TaskTiming[] timings = [.. Enumerable.Range(0, tasks).Select(task => new TaskTiming(task, 1, "lab-1-40", 40, 7, QueuedMs: 0, task / 100.0, 1_000 + (task / 100.0), 1, TaskOutcome.Succeeded))];
        ExperimentDocument document = SampleExperiment.Create(rounds: 1).Document with { Runs = [run] };
        await using OpenReport report = await OpenReport.OpenAsync(
            await SampleReports.WriteExperimentAsync(_folder.Path, (SampleExperiment.Analysed(document), [new RunTimings(run, timings)])));

        await report.ScrollThroughAsync();

        await Expect(report.Timeline).ToHaveAttributeAsync("data-shown", shown);
        await Expect(report.Timeline.Locator("caption")).ToHaveTextAsync($"Threads of the run: the first 500 of {lanes}");
        Assert.InRange((await OpenReport.LookAtAsync(report.Timeline)).Colours, 3, int.MaxValue);
        Assert.Empty(report.Observed.Complaints);
    }

    [BrowserFact]
    public async Task The_timeline_zooms_with_buttons_and_wheel_and_tells_of_the_task_under_the_pointer()
    {
        await using OpenReport report = await OpenAsync(SampleReports.Experiment);
        ILocator timeline = report.Timeline;
        await report.ScrollThroughAsync();
        await timeline.GetByLabel("Workload and model").SelectOptionAsync(new SelectOptionValue { Label = "primes 200,000: processes" });
        int all = await ShownAsync();
        (_, string whole) = await OpenReport.LookAtAsync(timeline);

        await timeline.GetByRole(AriaRole.Button, new() { Name = "Zoom in" }).ClickAsync();
        int half = await ShownAsync();
        await timeline.GetByRole(AriaRole.Button, new() { Name = "All of the run" }).ClickAsync();
        int again = await ShownAsync();
        await timeline.Locator("canvas").First.ScrollIntoViewIfNeededAsync();
        LocatorBoundingBoxResult box = (await timeline.Locator("canvas").First.BoundingBoxAsync())!;
        await report.Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + 14);
        string said = await timeline.Locator(".hover").InnerTextAsync();
        await report.Page.Keyboard.DownAsync("Control");
        await report.Page.Mouse.WheelAsync(0, -300);
        await report.Page.Keyboard.UpAsync("Control");
        await Expect(timeline).Not.ToHaveAttributeAsync("data-shown", all.ToString(CultureInfo.InvariantCulture));
        (_, string zoomed) = await OpenReport.LookAtAsync(timeline);

        Assert.Equal(33, all);
        Assert.InRange(half, 1, all - 1);
        Assert.Equal(all, again);
        Assert.Matches(@"^Task \d+.*: succeeded\n.*thread 1\nbegan at [\d.]+ ms, took [\d.]+ ms", said.Replace("\r", "", StringComparison.Ordinal));
        Assert.NotEqual(whole, zoomed);
        await Expect(timeline.Locator("details tbody tr")).ToHaveCountAsync(2);

        async Task<int> ShownAsync() => int.Parse((await timeline.GetAttributeAsync("data-shown"))!, CultureInfo.InvariantCulture);
    }

    [BrowserFact]
    public async Task A_chart_tells_of_the_row_under_the_pointer()
    {
        await using OpenReport report = await OpenAsync(SampleReports.Experiment);
        await report.ScrollThroughAsync();
        ILocator canvas = report.Page.Locator("[data-drawing] canvas").First;
        await canvas.ScrollIntoViewIfNeededAsync();
        LocatorBoundingBoxResult box = (await canvas.BoundingBoxAsync())!;

        await report.Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + 20);

        await Expect(report.Page.Locator(".tip").Filter(new() { HasText = "sequential" })).ToBeVisibleAsync();
        Assert.Empty(report.Observed.Complaints);
    }

    [BrowserFact]
    public async Task It_is_dark_where_the_system_is_and_a_button_changes_that()
    {
        await using OpenReport report = await OpenAsync(SampleReports.Experiment, new() { ColorScheme = ColorScheme.Dark });
        await report.ScrollThroughAsync();
        ILocator figure = report.Page.Locator("[data-drawing]").First;
        (_, string dark) = await OpenReport.LookAtAsync(figure);
        double darkness = await LightAsync();

        await report.Page.Locator("#theme").ClickAsync();

        (_, string light) = await OpenReport.LookAtAsync(figure);
        Assert.NotEqual(dark, light);
        Assert.InRange(darkness, 0, 60);
        Assert.InRange(await LightAsync(), 200, 255);

        Task<double> LightAsync() => report.Page.EvaluateAsync<double>("Number(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])");
    }

    [BrowserFact]
    public async Task Print_has_the_charts_as_drawings_and_no_controls()
    {
        await using OpenReport report = await OpenAsync(SampleReports.Experiment, new() { ColorScheme = ColorScheme.Dark });
        await report.ScrollThroughAsync();
        (_, string dark) = await OpenReport.LookAtAsync(report.Timeline);

        await report.Page.EmulateMediaAsync(new() { Media = Media.Print });

        await Expect(report.Page.Locator(".strips").First).ToBeVisibleAsync();
        await Expect(report.Page.Locator("svg.lines:not(.key)").First).ToBeVisibleAsync();
        await Expect(report.Page.Locator("#toolbar")).ToBeHiddenAsync();
        await Expect(report.Page.Locator("figure:not(.timeline) canvas").First).ToBeHiddenAsync();
        await Expect(report.Timeline.Locator("canvas").First).ToBeVisibleAsync();
        Assert.NotEqual(dark, (await OpenReport.LookAtAsync(report.Timeline)).Picture);
    }

    [BrowserFact]
    public async Task Print_has_the_timeline_though_nobody_has_come_near()
    {
        await using OpenReport report = await OpenAsync(SampleReports.Experiment);
        await report.Page.WaitForFunctionAsync("performance.getEntriesByName('unpacked').length > 0");
        await Expect(report.Timeline).Not.ToHaveAttributeAsync("data-drawn", "true");

        bool isDrawn = await report.Page.EvaluateAsync<bool>("() => { dispatchEvent(new Event('beforeprint')); return document.querySelector('.timeline').dataset.drawn === 'true'; }");

        Assert.True(isDrawn);
    }

    [BrowserFact]
    public async Task Without_script_the_charts_are_there_all_the_same()
    {
        await using OpenReport report = await OpenAsync(SampleReports.Experiment, new() { JavaScriptEnabled = false });

        await Expect(report.Page.Locator(".strips").First).ToBeVisibleAsync();
        await Expect(report.Page.Locator("#toolbar")).ToBeHiddenAsync();
        await Expect(report.Page.Locator("canvas")).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task A_static_report_has_the_timeline_as_drawings_that_are_as_wide_as_there_is_room()
    {
        await using OpenReport report = await OpenAsync(SampleReports.Static);
        ILocator processes = report.Timeline.Filter(new() { HasText = "processes" }).First;

        LocatorBoundingBoxResult lane = (await processes.Locator(".lane").First.BoundingBoxAsync())!;
        LocatorBoundingBoxResult lost = (await processes.Locator(".troubled").First.BoundingBoxAsync())!;
        await processes.Locator("summary").ClickAsync();

        await Expect(report.Timeline).ToHaveCountAsync(16);
        await Expect(processes.Locator("tbody tr")).ToHaveCountAsync(2);
        Assert.InRange(lane.Width, 600, 1_200);
        Assert.InRange(lost.X, lane.X, lane.X + (lane.Width / 10));
        Assert.Equal([report.Address], report.Observed.Requests);
        Assert.Empty(report.Observed.Complaints);
    }

    [BrowserFact]
    public async Task Hostile_names_are_shown_as_text()
    {
        string path = await SampleReports.WriteExperimentAsync(_folder.Path, SampleReports.WithHostileNames());
        await using OpenReport report = await OpenReport.OpenAsync(path);
        string shown = SampleReports.Hostile.Replace('\u202E', '\uFFFD');

        await report.ScrollThroughAsync();
        ILocator canvas = report.Page.Locator("[data-drawing] canvas").First;
        await canvas.ScrollIntoViewIfNeededAsync();
        LocatorBoundingBoxResult box = (await canvas.BoundingBoxAsync())!;
        await report.Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + 20);

        Assert.False(await report.Page.EvaluateAsync<bool>("'broken' in window"));
        Assert.Equal(shown, await report.Page.Locator("h1").TextContentAsync());
        Assert.Equal(shown, await report.Page.Locator("#toolbar .chip").Nth(1).TextContentAsync());
        Assert.Contains(shown, await report.Timeline.Locator("select").First.TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal(shown, await report.Timeline.Locator("tbody th").First.TextContentAsync());
        Assert.Equal(0, await report.Page.Locator("img").CountAsync());
        Assert.Equal([report.Address], report.Observed.Requests);
        Assert.Empty(report.Observed.Complaints);
    }

    [BrowserTheory]
    [InlineData(SampleReports.Experiment)]
    [InlineData(SampleReports.Sweep)]
    [InlineData(SampleReports.Claims)]
    [InlineData(SampleReports.Small)]
    public async Task Nothing_keeps_people_out_and_on_a_narrow_screen_only_tables_and_bars_scroll_sideways(string kind)
    {
        // For axe-core, which is not the page's.
        await using OpenReport report = await OpenAsync(kind, new() { ColorScheme = ColorScheme.Dark, BypassCSP = true, ViewportSize = new() { Width = 400, Height = 800 } });
        if (kind != SampleReports.Small)
            await report.ScrollThroughAsync();

        Assert.Equal(400, await report.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(await report.Observed.FindBarriersAsync());
        await report.Page.SetViewportSizeAsync(1_280, 720);
        await report.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        Assert.Empty(await report.Observed.FindBarriersAsync());
    }

    private async Task<OpenReport> OpenAsync(string kind, BrowserNewContextOptions? options = null) =>
        await OpenReport.OpenAsync(await SampleReports.WriteAsync(_folder.Path, kind), options);
}
