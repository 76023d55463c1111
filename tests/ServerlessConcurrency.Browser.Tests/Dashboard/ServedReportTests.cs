using Microsoft.Playwright;

namespace ServerlessConcurrency.Browser.Tests.Dashboard;

public class ServedReportTests(DashboardFixture fixture) : DashboardTest(fixture)
{
    [BrowserFact]
    public async Task A_report_from_the_server_draws_its_charts_under_the_servers_policy_and_links_to_what_the_server_has()
    {
        string address = new Uri(Server.Address, $"/api/experiments/{Nightlies[0]}/report").AbsoluteUri;

        await using ObservedPage observed = await OpenAsync("timeline", address: new Uri(address));
        ILocator timeline = observed.Page.Locator("figure.timeline");
        await timeline.ScrollIntoViewIfNeededAsync();

        await Expect(timeline).ToHaveAttributeAsync("data-drawn", "true");
        string[] links = await observed.Page.Locator(".files a").EvaluateAllAsync<string[]>("links => links.map(link => link.href)");
        string experiment = address[..^"/report".Length];
        Assert.Equal([experiment, $"{experiment}/timings", $"{experiment}/trace", "https://ui.perfetto.dev/"], links);
        foreach (string link in links.Where(link => link.Contains("/api/", StringComparison.Ordinal)))
            Assert.True((await Server.Http.GetAsync(link)).IsSuccessStatusCode, link);
        Assert.Equal([address], observed.Requests.Select(request => request.Split('#')[0]).Where(request => !request.EndsWith("/favicon.ico", StringComparison.Ordinal)));
        Assert.Empty(observed.Complaints);
    }
}
