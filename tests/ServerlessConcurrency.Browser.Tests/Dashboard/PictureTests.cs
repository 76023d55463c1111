using Microsoft.Playwright;

namespace ServerlessConcurrency.Browser.Tests.Dashboard;

/// <summary>The pictures of the documentation: <c>dotnet run build.cs pictures</c> names their folder, else they are made in one that is deleted.</summary>
public class PictureTests(DashboardFixture fixture) : DashboardTest(fixture)
{
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("SCONC_PICTURES");

    private static readonly string Spec = $$"""
        { "name": "cpu-and-io", "workloads": [ { "kind": "primes", "size": 60000, "tasks": 16 }, { "kind": "delay", "size": 5, "tasks": 16 } ],
          "models": ["sequential", "threads", "thread-pool", "async"], "inFlight": 16, "rounds": {{(Pictures is null ? 2 : 8)}} }
        """;

    [BrowserFact]
    public async Task The_dashboard_is_shown_as_it_is()
    {
        using var temporary = new TemporaryFolder();
        string folder = Pictures ?? temporary.Path;
        string id = await Server.PostAsync(Spec);
        await Server.UntilAsync(id, "completed");

        await TakeAsync(folder, "dashboard", $"/experiments/{id}", ColorScheme.Light, 1400, 800, page => HasStatusAsync(page, "completed"));
        await TakeAsync(folder, "dashboard-start", $"/start/{id}", ColorScheme.Dark, 1400, 900, page => HasHeadingAsync(page, "Start cpu-and-io again"));
        await TakeAsync(folder, "dashboard-narrow", $"/experiments/{id}", ColorScheme.Dark, 400, 800, page => HasStatusAsync(page, "completed"));

        Assert.All(["dashboard", "dashboard-start", "dashboard-narrow"], name => Assert.True(new FileInfo(Path.Combine(folder, $"{name}.png")).Length > 10_000, name));
    }

    private async Task TakeAsync(string folder, string name, string view, ColorScheme scheme, int width, int height, Func<IPage, Task> untilShown)
    {
        await using ObservedPage observed = await OpenAsync(view, new BrowserNewContextOptions { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = height } });
        await untilShown(observed.Page);
        await Expect(observed.Page.Locator("#engine")).Not.ToBeEmptyAsync();
        await observed.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png") });
    }
}
