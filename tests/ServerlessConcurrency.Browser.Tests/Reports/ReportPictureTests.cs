using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ServerlessConcurrency.Browser.Tests.Reports;

/// <summary>The pictures of reports in the documentation: <c>dotnet run build.cs pictures</c> names their folder, else they are made in one that is deleted.</summary>
public sealed class ReportPictureTests
{
    [BrowserTheory]
    [InlineData("report", SampleReports.Experiment, "", ColorScheme.Light, 1_400)]
    [InlineData("report-timeline", SampleReports.Experiment, "#timeline", ColorScheme.Dark, 1_400)]
    [InlineData("report-narrow", SampleReports.Experiment, "#distribution", ColorScheme.Light, 400)]
    [InlineData("report-sweep", SampleReports.Sweep, "#results", ColorScheme.Light, 1_400)]
    public async Task A_report_is_shown_as_it_is(string name, string kind, string place, ColorScheme scheme, int width)
    {
        using var temporary = new TemporaryFolder();
        string path = Path.Combine(Environment.GetEnvironmentVariable("SCONC_PICTURES") ?? temporary.Path, $"{name}.png");
        string report = await SampleReports.WriteAsync(temporary.Path, kind);
        await using OpenReport open = await OpenReport.OpenAsync(report, new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 } });
        if (kind == SampleReports.Experiment)
        {
            await open.ScrollThroughAsync();
            await open.Timeline.GetByLabel("Workload and model").SelectOptionAsync(new SelectOptionValue { Label = "primes 200,000: processes" });
        }

        await open.Page.EvaluateAsync("place => place ? document.querySelector(place).scrollIntoView() : scrollTo(0, 0)", place);
        await Expect(open.Page.Locator("[data-drawn]:visible").First).ToBeVisibleAsync();

        await open.Page.ScreenshotAsync(new() { Path = path });

        Assert.True(new FileInfo(path).Length > 10_000);
    }
}
