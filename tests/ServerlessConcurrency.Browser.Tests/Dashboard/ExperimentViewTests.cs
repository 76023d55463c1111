using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace ServerlessConcurrency.Browser.Tests.Dashboard;

public class ExperimentViewTests(DashboardFixture fixture) : DashboardTest(fixture)
{
    [BrowserFact]
    public async Task An_experiment_is_started_by_the_form_followed_and_answered()
    {
        await using ObservedPage observed = await OpenAsync();
        IPage page = observed.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "Start one" }).First.ClickAsync();
        await page.GetByLabel("name", new() { Exact = true }).FillAsync("by hand");
        await page.GetByLabel("size").FillAsync("300");
        await page.GetByLabel("tasks").FillAsync("4");
        await page.GetByLabel("sequential").CheckAsync();
        await page.GetByLabel("threads", new() { Exact = true }).CheckAsync();
        await page.GetByLabel("rounds", new() { Exact = true }).FillAsync("6");

        await page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();

        await HasHeadingAsync(page, "by hand");
        await HasStatusAsync(page, "completed");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Answer" })).ToBeVisibleAsync();
        IReadOnlyList<string> models = await page.Locator("tbody th").AllTextContentsAsync();
        Assert.Equal(["sequential", "threads"], models.Order(StringComparer.Ordinal));
        Assert.Contains(observed.Requests, address => address.EndsWith("/events", StringComparison.Ordinal));
        Assert.All(observed.Requests, address => Assert.StartsWith($"{Server.Address}", address.Replace("data:", $"{Server.Address}", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.Empty(observed.Complaints);
    }

    [BrowserFact]
    public async Task A_running_experiment_shows_how_far_it_is_and_is_cancelled()
    {
        string id = await Server.PostAsync(DashboardFixture.Endless);
        await using ObservedPage observed = await OpenAsync($"/experiments/{id}");
        IPage page = observed.Page;
        ILocator progress = page.GetByRole(AriaRole.Progressbar);
        await Expect(page.GetByText(new Regex("^[1-9][0-9,]* of 2,002 runs done"))).ToBeVisibleAsync();
        double soFar = await progress.EvaluateAsync<double>("bar => bar.value");
        await page.WaitForFunctionAsync("soFar => document.querySelector('progress').value > soFar + 2", soFar);

        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();

        await HasStatusAsync(page, "cancelled");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Medians" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
        // Told by the server, not asked for again and again.
        Assert.Single(observed.Requests, address => address.EndsWith(id, StringComparison.Ordinal));
        Assert.Empty(observed.Complaints);
    }

    [BrowserFact]
    public async Task The_report_opens_in_a_tab_of_its_own_and_files_are_downloaded()
    {
        await using ObservedPage observed = await OpenAsync($"/experiments/{Nightlies[0]}");
        IPage page = observed.Page;

        IPage report = await page.Context.RunAndWaitForPageAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Report", Exact = true }).ClickAsync());
        await report.WaitForLoadStateAsync();
        IDownload timings = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "csv" }).ClickAsync());

        Assert.Contains("nightly", await report.TitleAsync(), StringComparison.Ordinal);
        Assert.Equal($"{Nightlies[0]}-timings.csv", timings.SuggestedFilename);
        foreach (string name in (string[])["json", "parquet", "Trace for Perfetto"])
            await Expect(page.GetByRole(AriaRole.Link, new() { Name = name })).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task It_is_deleted_only_after_a_question()
    {
        string id = Store("20260131-093000-del1", "to be deleted");
        await using ObservedPage observed = await OpenAsync($"/experiments/{id}");
        IPage page = observed.Page;
        ILocator delete = page.GetByRole(AriaRole.Button, new() { Name = "Delete" });

        await delete.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep it" }).ClickAsync();
        Assert.True(Directory.Exists(Server.ResultsOf(id)));
        await delete.ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();

        await HasHeadingAsync(page, "Experiments");
        await Expect(page.GetByText("Deleted to be deleted.")).ToBeVisibleAsync();
        Assert.False(Directory.Exists(Server.ResultsOf(id)));
    }

    [BrowserFact]
    public async Task One_that_is_deleted_elsewhere_is_said_to_be_gone()
    {
        string id = await Server.PostAsync(DashboardFixture.Endless);
        await using ObservedPage observed = await OpenAsync($"/experiments/{id}");
        await HasStatusAsync(observed.Page, "running");

        await Server.Http.DeleteAsync($"experiments/{id}");

        await HasHeadingAsync(observed.Page, "It is not there");
    }

    [BrowserFact]
    public async Task One_that_is_gone_when_it_is_listened_to_leaves_events_to_others()
    {
        string gone = await Server.PostAsync(DashboardFixture.Endless);
        string other = await Server.PostAsync(DashboardFixture.Endless);
        await using ObservedPage observed = await OpenAsync();
        IPage page = observed.Page;
        await page.RouteAsync($"**/{gone}/events", async route =>
        {
            await Server.Http.DeleteAsync($"experiments/{gone}");
            await route.ContinueAsync();
        });

        await GoAsync(page, $"/experiments/{gone}");
        await HasHeadingAsync(page, "It is not there");
        await GoAsync(page, $"/experiments/{other}");

        await Eventually.True(() => observed.Requests.Any(address => address.EndsWith($"{other}/events", StringComparison.Ordinal)), "events are asked for");
    }

    [BrowserFact]
    public async Task An_answer_to_a_deletion_that_was_lost_is_not_missed()
    {
        string id = Store("20260131-093000-del2", "lost");
        await using ObservedPage observed = await OpenAsync($"/experiments/{id}");
        IPage page = observed.Page;
        await HasHeadingAsync(page, "lost");
        await page.RouteAsync($"**/{id}", async route =>
        {
            bool isThere = Directory.Exists(Server.ResultsOf(id));
            await Server.Http.DeleteAsync($"experiments/{id}");
            if (isThere)
                await route.AbortAsync();
            else
                await route.ContinueAsync();
        });

        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();

        await HasHeadingAsync(page, "Experiments");
        await Expect(page.GetByText("Deleted lost.")).ToBeVisibleAsync();
    }

    [BrowserTheory]
    [InlineData("local", "It waits for its turn: experiments run one at a time.")]
    [InlineData("durable", "It has not begun yet.")]
    public async Task One_that_has_not_begun_says_why_as_far_as_that_is_known(string engine, string expected)
    {
        JsonNode document = JsonNode.Parse(await Server.Http.GetStringAsync($"experiments/{Nightlies[0]}"))!;
        document["status"] = "pending";
        document["environment"]!["engine"] = engine;
        await using ObservedPage observed = await OpenAsync();
        await observed.Page.RouteAsync($"**/{Nightlies[0]}", route => route.FulfillAsync(new() { ContentType = "application/json", Body = document.ToJsonString() }));
        await observed.Page.RouteAsync($"**/{Nightlies[0]}/events", route => route.FulfillAsync(new() { Status = 404 }));

        await GoAsync(observed.Page, $"/experiments/{Nightlies[0]}");

        await Expect(observed.Page.GetByText(expected)).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task A_question_ends_with_the_view_that_asked_it()
    {
        await using ObservedPage observed = await OpenAsync($"/experiments/{Nightlies[0]}");
        IPage page = observed.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();

        await GoAsync(page, "/");

        await HasHeadingAsync(page, "Experiments");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeHiddenAsync();
        Assert.True(Directory.Exists(Server.ResultsOf(Nightlies[0])));
    }

    [BrowserFact]
    public async Task A_server_that_is_gone_is_said_to_be_and_found_again()
    {
        using var folder = new TemporaryFolder();
        Serving first = await Serving.StartAsync(folder.Path, 0);
        string id = await first.PostAsync(DashboardFixture.Endless);
        await using ObservedPage observed = await OpenAsync($"/experiments/{id}", address: first.Address);
        await HasStatusAsync(observed.Page, "running");

        first.Dispose();
        await Expect(observed.Page.GetByText("The server does not answer. Trying again")).ToBeVisibleAsync();
        using Serving second = await Serving.StartAsync(folder.Path, first.Address.Port);

        await HasStatusAsync(observed.Page, "failed");
        await Expect(observed.Page.GetByText("The server does not answer.")).ToBeHiddenAsync();
        await Expect(observed.Page.GetByText("abandoned")).ToBeVisibleAsync();
    }
}
