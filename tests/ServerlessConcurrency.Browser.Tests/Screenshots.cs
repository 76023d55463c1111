using System.Globalization;
using Microsoft.Playwright;
using ServerlessConcurrency.Browser.Tests.Reports;

namespace ServerlessConcurrency.Browser.Tests;

/// <summary>Pictures of what people see, made by <c>dotnet run build.cs screenshots</c>: where SCONC_SCREENSHOTS names no folder, only tried.</summary>
public sealed class Screenshots(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string Variable = "SCONC_SCREENSHOTS";

    [BrowserTheory]
    [InlineData(SampleReports.Experiment)]
    [InlineData(SampleReports.Sweep)]
    [InlineData(SampleReports.Claims)]
    public async Task Of_a_report_wide_and_narrow_light_and_dark(string kind)
    {
        using var temporary = new TemporaryFolder();
        string folder = Environment.GetEnvironmentVariable(Variable) ?? temporary.Path;
        string report = await SampleReports.WriteAsync(temporary.Path, kind);
        foreach (int width in (int[])[1_400, 400])
        {
            foreach (ColorScheme scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
            {
                await using OpenReport open = await OpenReport.OpenAsync(browser, report, new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 1_000 } });
                await open.ScrollThroughAsync();
                string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"report-{kind}-{width}-{scheme.ToString().ToLowerInvariant()}.png"));
                await open.Page.ScreenshotAsync(new() { Path = path, FullPage = true });
                Assert.True(new FileInfo(path).Length > 0);
            }
        }
    }
}
