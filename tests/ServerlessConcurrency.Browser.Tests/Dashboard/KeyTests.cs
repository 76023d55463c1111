using Microsoft.Playwright;

namespace ServerlessConcurrency.Browser.Tests.Dashboard;

public class KeyTests(DashboardFixture fixture) : DashboardTest(fixture)
{
    [BrowserFact]
    public async Task The_key_is_asked_for_kept_in_the_tab_and_sent_in_a_header_only()
    {
        await using KeyedServer server = await KeyedServer.StartAsync(Server.Address);
        await using ObservedPage observed = await OpenAsync(address: server.Address);
        IPage page = observed.Page;

        await GiveAsync(page, "wrong");
        await Expect(page.GetByText("The key was not accepted.")).ToBeVisibleAsync();
        Assert.Empty(await observed.FindBarriersAsync());
        // As it comes out of a chat or a document.
        await GiveAsync(page, $"\u200b{KeyedServer.Key}\u00a0\u2026");

        await Expect(page.GetByRole(AriaRole.Rowheader)).ToHaveCountAsync(2);
        Assert.All(observed.Requests, address => Assert.DoesNotContain("key", address, StringComparison.OrdinalIgnoreCase));
        Assert.Equal("0", await page.EvaluateAsync<string>("`${localStorage.length}${document.cookie}`"));
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Rowheader)).ToHaveCountAsync(2);
        IPage other = await page.Context.NewPageAsync();
        await other.GotoAsync(server.Address.ToString());
        await Expect(other.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Without_events_the_server_is_asked_again_and_again_and_files_are_fetched_with_the_key()
    {
        await using KeyedServer server = await KeyedServer.StartAsync(Server.Address);
        await using ObservedPage observed = await OpenAsync("/start", address: server.Address);
        IPage page = observed.Page;
        await GiveAsync(page, KeyedServer.Key);
        await page.GetByLabel("size").FillAsync("100");
        await page.GetByLabel("sequential").CheckAsync();
        await page.GetByLabel("rounds", new() { Exact = true }).FillAsync("6");

        await page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();

        await HasStatusAsync(page, "completed");
        Assert.True(observed.Requests.Count(address => address.EndsWith(page.Url[^20..], StringComparison.Ordinal)) > 1);
        string id = page.Url[^20..];
        IDownload report = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Report", Exact = true }).ClickAsync());
        Assert.Equal($"{id}-report.html", report.SuggestedFilename);
        Assert.StartsWith("<!DOCTYPE html>", await File.ReadAllTextAsync(await report.PathAsync()), StringComparison.OrdinalIgnoreCase);
    }

    private static async Task GiveAsync(IPage page, string key)
    {
        await page.GetByLabel("Key of the Functions app").FillAsync(key);
        await page.GetByRole(AriaRole.Button, new() { Name = "Use this key" }).ClickAsync();
    }
}
