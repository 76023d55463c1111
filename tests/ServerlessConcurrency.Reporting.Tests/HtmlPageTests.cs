using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Reporting.Html;
using ServerlessConcurrency.Reporting.HtmlReport;
using ServerlessConcurrency.Reporting.Sweeps;
using ServerlessConcurrency.Reporting.Timelines;

namespace ServerlessConcurrency.Reporting.Tests;

public sealed partial class HtmlPageTests
{
    private static readonly SampleExperiment Sample = SampleExperiment.Create(rounds: 2);

    [Fact]
    public async Task Its_policy_allows_its_own_style_sheet_and_script_by_their_hashes_and_nothing_inline()
    {
        string html = await WholeAsync(new HtmlReportExporter(), Sample.Document);
        string script = Between(html, "</script>\n<script>", "</script>");
        string style = Between(html, "<style>", "</style>");

        Assert.Contains($"content=\"{HtmlPage.Policy}\"", html, StringComparison.Ordinal);
        Assert.Equal($"default-src 'none'; base-uri 'none'; form-action 'none'; script-src '{Hash(script)}'; style-src '{Hash(style)}'", HtmlPage.Policy);
        Assert.DoesNotMatch(InlineCode(), html[html.IndexOf("<body", StringComparison.Ordinal)..html.IndexOf("<script", StringComparison.Ordinal)]);

        static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
    }

    [Fact]
    public async Task The_data_of_its_script_are_one_drawing_for_each_figure_and_nothing_in_them_ends_the_element()
    {
        ExperimentDocument document = Sample.Document with
        {
            Spec = Sample.Document.Spec with { Models = [HostileText.Value, .. Sample.Document.Spec.Models] },
            Runs = [.. Sample.Document.Runs, Sample.Document.Runs[0] with { Model = HostileText.Value, Error = HostileText.Value }],
        };

        string html = await WholeAsync(new HtmlReportExporter(), SampleExperiment.Analysed(document));

        string data = Between(html, "<script type=\"application/json\" id=\"data\">", "</script>");
        Assert.DoesNotContain('<', data);
        using var json = JsonDocument.Parse(data);
        Assert.Equal(
            Enumerable.Range(0, json.RootElement.GetArrayLength()).Select(index => $"data-drawing=\"{index}\""), Drawing().Matches(html).Select(match => match.Value));
        Assert.All(json.RootElement.EnumerateArray(), drawing => Assert.Contains(drawing.GetProperty("kind").GetString(), (string[])["rows", "lines"]));
        Assert.Contains(json.RootElement.EnumerateArray(), drawing => drawing.GetRawText().Contains("\\u003Cscript\\u003E", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Numbers_reach_its_script_as_they_are()
    {
        RunResult[] runs = [.. Sample.Document.Runs];
        runs[0] = runs[0] with { WallMs = 16_777_217 };
        runs[1] = runs[1] with { WallMs = 12.3456789123 };

        string html = await WholeAsync(new HtmlReportExporter(), Sample.Document with { Runs = runs });

        string data = Between(html, "<script type=\"application/json\" id=\"data\">", "</script>");
        Assert.Contains("\"value\":16777217,", data, StringComparison.Ordinal);
        Assert.Contains("\"value\":12.3456789,", data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_timeline_without_runs_the_reason_is_there()
    {
        RunResult run = Sample.Document.Runs[0] with { Tasks = 2_000_000 };
        using var output = new MemoryStream();

        await new HtmlReportExporter().WriteAsync(
            Sample.Document with { Runs = [run] }, _ => throw new InvalidOperationException("there is nothing to read"), output, CancellationToken.None);

        Assert.Contains("all would be too much for a page", Written.Text(output), StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"chart timeline\"", Written.Text(output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_static_page_has_the_same_charts_and_no_script()
    {
        string html = await WholeAsync(new HtmlReportExporter(isStatic: true), Sample.Document);
        string sweep = await WholeAsync(new SweepHtmlExporter(isStatic: true), SampleSweep.OverSize());

        Assert.DoesNotContain("<script", html + sweep, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", html + sweep, StringComparison.Ordinal);
        Assert.Equal(Drawing().Count(await WholeAsync(new HtmlReportExporter(), Sample.Document)), Drawing().Count(html));
        Assert.Equal(Drawing().Count(await WholeAsync(new SweepHtmlExporter(), SampleSweep.OverSize())), Drawing().Count(sweep));
    }

    [Fact]
    public async Task A_static_page_draws_the_typical_run_of_each_workload_and_model_and_says_what_each_lane_did()
    {
        RunTimings[] runs =
        [
            .. Sample.Timings.Select(run => run with
            {
                Timings = [.. run.Timings, run.Timings[0] with { Attempt = 2 }, run.Timings[1] with { Attempt = 2, Outcome = TaskOutcome.Lost }],
            }),
        ];

        XElement section = await TimelineAsync(Sample.Document, runs);

        XElement[] figures = [.. section.Descendants("figure")];
        Assert.Equal(Sample.Document.Runs.Select(run => (run.Workload, run.Model)).Distinct().Count(), figures.Length);
        Assert.Contains("one run is shown, that with the median wall time", section.Value, StringComparison.Ordinal);
        Assert.All(figures, figure =>
        {
            int lanes = figure.Descendants("svg").Count(IsLane);
            Assert.InRange(lanes, 1, TimelineReader.MostStillLanes);
            Assert.Equal(lanes, figure.Descendants("tbody").Single().Elements("tr").Count());
            foreach (string kind in (string[])["executed", "retried", "troubled"])
                Assert.Contains(figure.Descendants("path"), path => (string?)path.Attribute("class") == kind);
        });
        Assert.Contains(figures, figure => figure.Descendants("path").Any(path => (string?)path.Attribute("class") == "waited"));
    }

    [Fact]
    public async Task A_static_page_bounds_lanes_and_bars_of_a_run_and_says_so()
    {
        TaskTiming[] timings =
        [
            .. Enumerable.Range(0, 100_000).Select(task => new TaskTiming(
                task, 1, $"lab-1-{task % 500}", task % 500, 1, QueuedMs: 0, task / 10.0, (task / 10.0) + 1, 1, task == 77 ? TaskOutcome.Failed : TaskOutcome.Succeeded)),
        ];
        RunResult run = Sample.Document.Runs[0] with { Tasks = timings.Length, WallMs = 10_001 };

        XElement section = await TimelineAsync(SampleExperiment.Analysed(Sample.Document with { Runs = [run] }), [new RunTimings(run, timings)]);

        XElement figure = Assert.Single(section.Descendants("figure"));
        Assert.Equal(TimelineReader.MostStillLanes, figure.Descendants("svg").Count(IsLane));
        Assert.InRange(figure.Descendants("path").Sum(path => path.Attribute("d")!.Value.Count(c => c == 'M')), 1, TimelineStrips.MostBars);
        Assert.Contains($"in {TimelineReader.MostStillLanes} lanes of 500", figure.Value, StringComparison.Ordinal);
        Assert.Contains("ms apart are drawn as one bar", figure.Value, StringComparison.Ordinal);
        Assert.Contains("lab-1-77", figure.Value, StringComparison.Ordinal);
        Assert.Contains($"at most {TimelineReader.MostStillLanes} lanes are shown", section.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Timings_that_cannot_be_read_leave_a_report_without_a_timeline()
    {
        using var with = new MemoryStream();
        using var without = new MemoryStream();

        await new HtmlReportExporter().WriteAsync(Sample.Document, _ => Sample.Timings.ToAsyncEnumerable(), with, CancellationToken.None);
        await new HtmlReportExporter().WriteAsync(Sample.Document, _ => Unreadable(), without, CancellationToken.None);

        Assert.Contains("id=\"timeline\"", Written.Text(with), StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"timeline\"", Written.Text(without), StringComparison.Ordinal);
        Assert.Contains("id=\"results\"", Written.Text(without), StringComparison.Ordinal);

        static async IAsyncEnumerable<RunTimings> Unreadable()
        {
            yield return Sample.Timings[0];
            await Task.Yield();
            throw new IOException("the disk is gone");
        }
    }

    private static bool IsLane(XElement svg) => ((string?)svg.Attribute("class"))?.EndsWith(" lane", StringComparison.Ordinal) == true;

    private static async Task<XElement> TimelineAsync(ExperimentDocument document, IReadOnlyList<RunTimings> runs)
    {
        using var output = new MemoryStream();
        await new HtmlReportExporter(isStatic: true).WriteAsync(
            document, chosen => runs.Where(run => chosen.Runs.Any(wanted => wanted.RunId == run.Run.RunId)).ToAsyncEnumerable(), output, CancellationToken.None);
        string html = Written.Text(output);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        return XDocument.Parse(html).Descendants("h2").Single(heading => (string?)heading.Attribute("id") == "timeline").ElementsAfterSelf("section").First();
    }

    private static async Task<string> WholeAsync<T>(Exporting.IDocumentExporter<T> exporter, T document)
    {
        using var output = new MemoryStream();
        await exporter.WriteAsync(document, output);
        return Written.Text(output);
    }

    private static string Between(string text, string start, string end)
    {
        int from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }

    [GeneratedRegex("""<[^>]*\s(style|on\w+)\s*=""", RegexOptions.IgnoreCase)]
    private static partial Regex InlineCode();

    [GeneratedRegex("data-drawing=\"\\d+\"")]
    private static partial Regex Drawing();
}
