using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace ServerlessConcurrency.Browser.Tests.Dashboard;

public class ListViewTests(DashboardFixture fixture) : DashboardTest(fixture)
{
    [BrowserFact]
    public async Task Experiments_are_filtered_by_text_workload_and_status()
    {
        string[] ids = [Store("20250101-000000-alfa", "alpha one"), Store("20250101-000001-beta", "beta two")];
        await using ObservedPage observed = await OpenAsync();
        IPage page = observed.Page;
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(4);

        await page.GetByLabel("Name, id or model").FillAsync("ALPHA");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Expect(page.GetByText("1 of 4 experiments.")).ToBeVisibleAsync();
        await page.GetByLabel("Name, id or model").FillAsync("");
        await page.GetByLabel("Status").SelectOptionAsync("failed");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(0);
        await page.GetByLabel("Status").SelectOptionAsync("completed");
        await page.GetByLabel("Workload").SelectOptionAsync("primes");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(4);
        Assert.Empty(observed.Complaints);
    }

    [BrowserFact]
    public async Task Two_experiments_are_chosen_and_compared()
    {
        await using ObservedPage observed = await OpenAsync();
        IPage page = observed.Page;
        foreach (string id in Nightlies)
            await page.GetByRole(AriaRole.Checkbox, new() { Name = $"Compare nightly, {id}" }).CheckAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Compare" }).Last.ClickAsync();

        await HasHeadingAsync(page, "Compare two experiments");
        await Expect(page.GetByLabel("Before")).ToHaveValueAsync(Nightlies[0]);
        await Expect(page.GetByLabel("After")).ToHaveValueAsync(Nightlies[1]);
        await Expect(page.GetByRole(AriaRole.Rowheader)).ToHaveTextAsync(["sequential", "threads"]);
        await Expect(page.Locator(".verdict").First).ToBeVisibleAsync();
        Assert.True(await page.EvaluateAsync<bool>("[...document.getElementById('main').childNodes].every(node => node instanceof Element)"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Swap" }).ClickAsync();
        await Expect(page.GetByLabel("Before")).ToHaveValueAsync(Nightlies[1]);
        await Expect(page.GetByRole(AriaRole.Rowheader)).ToHaveCountAsync(2);

        ILocator before = page.GetByLabel("Before");
        await before.FocusAsync();
        await before.SelectOptionAsync("");
        await Expect(page.GetByText("Choose two experiments")).ToBeVisibleAsync();
        await Expect(before).ToBeFocusedAsync();
        Assert.EndsWith($"#/compare/{Nightlies[0]}/", page.Url, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task More_than_two_chosen_are_too_many_to_compare()
    {
        string id = Store("20250101-000000-thir", "third");
        await using ObservedPage observed = await OpenAsync();
        foreach (string each in (string[])[.. Nightlies, id])
            await observed.Page.Locator($"input[data-id='{each}']").CheckAsync();

        await Expect(observed.Page.GetByText("3 are chosen; choose two to compare them.")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Lines_over_time_join_what_has_as_many_tasks()
    {
        string id = Store("20250303-030303-more", "nightly");
        string path = Path.Combine(Server.ResultsOf(id), "experiment.json");
        JsonNode document = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        document["spec"]!["workloads"]![0]!["tasks"] = 40;
        await File.WriteAllTextAsync(path, document.ToJsonString());
        await using ObservedPage observed = await OpenAsync($"/trend/{Nightlies[0]}");
        IPage page = observed.Page;

        await Expect(page.GetByText("2 completed experiments with the same spec.")).ToBeVisibleAsync();
        await page.GetByLabel("Experiments with").SelectOptionAsync("name");

        await Expect(page.GetByText("3 completed experiments with the same name.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 2 })).ToHaveTextAsync(["primes, size 200, 40 tasks", "primes, size 200, 4 tasks"]);

        // An answer that comes when something else has been chosen is not shown.
        var held = new TaskCompletionSource();
        await page.GetByLabel("Experiments with").SelectOptionAsync("spec");
        await Expect(page.GetByText("2 completed experiments with the same spec.")).ToBeVisibleAsync();
        int asked = 0;
        await page.RouteAsync(new Regex("top=1000"), async route =>
        {
            if (Interlocked.Increment(ref asked) == 1)
                await held.Task;
            await route.ContinueAsync();
        });
        await page.GetByLabel("Experiments with").SelectOptionAsync("name");
        await page.GetByLabel("Experiments with").SelectOptionAsync("spec");
        await Expect(page.GetByText("2 completed experiments with the same spec.")).ToBeVisibleAsync();
        await page.RunAndWaitForResponseAsync(
            () =>
            {
                held.SetResult();
                return Task.CompletedTask;
            },
            response => response.Url.EndsWith("top=1000", StringComparison.Ordinal));
        await page.EvaluateAsync("new Promise(resolve => setTimeout(resolve, 500))");
        await Expect(page.GetByText("2 completed experiments with the same spec.")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task One_spec_is_shown_over_time_as_lines_and_as_figures()
    {
        await using ObservedPage observed = await OpenAsync($"/experiments/{Nightlies[0]}");
        IPage page = observed.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "Over time" }).ClickAsync();

        await Expect(page.GetByText("2 completed experiments with the same spec.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Img)).ToHaveCountAsync(1);
        await Expect(page.Locator("polyline")).ToHaveCountAsync(2);
        await page.GetByText("Figures").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Rowheader)).ToHaveCountAsync(2);
        // Drawn in the colour of its model, not only there.
        Assert.NotEqual("none", await page.Locator("polyline").First.EvaluateAsync<string>("line => getComputedStyle(line).stroke"));
        await page.GetByLabel("Shown").SelectOptionAsync("best");
        await Expect(page.GetByText("No model is recommended").Or(page.Locator("polyline"))).ToHaveCountAsync(1);
        Assert.Empty(observed.Complaints);
    }

    [BrowserFact]
    public async Task One_that_is_deleted_meanwhile_is_left_out_of_the_lines()
    {
        await using ObservedPage observed = await OpenAsync();
        await observed.Page.RouteAsync($"**/experiments/{Nightlies[1]}", route => route.FulfillAsync(new() { Status = 404 }));

        await GoAsync(observed.Page, $"/trend/{Nightlies[0]}");

        await Expect(observed.Page.GetByText("1 completed experiment with the same spec.")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Older_experiments_are_loaded_when_asked_for()
    {
        foreach (int index in Enumerable.Range(0, 110))
            Store($"20240101-0{index / 60:D2}{index % 60:D2}0-page", $"page {index}");
        await using ObservedPage observed = await OpenAsync();
        await Expect(observed.Page.GetByText("there are older ones")).ToBeVisibleAsync();

        await observed.Page.GetByRole(AriaRole.Button, new() { Name = "Load older ones" }).ClickAsync();

        await Expect(observed.Page.GetByRole(AriaRole.Link, new() { Name = "page 0", Exact = true })).ToBeVisibleAsync();
        await Expect(observed.Page.GetByRole(AriaRole.Button, new() { Name = "Load older ones" })).ToBeHiddenAsync();
        // They are all asked for from then on.
        await Eventually.True(() => observed.Requests.Any(address => address.EndsWith("top=112", StringComparison.Ordinal)), "as many are refreshed as are shown");
    }

    [BrowserFact]
    public async Task A_filter_says_which_experiments_it_has_not_searched_and_goes_on_when_asked()
    {
        foreach (int index in Enumerable.Range(0, 110))
            Store($"20240101-0{index / 60:D2}{index % 60:D2}0-page", $"page {index}");
        await using ObservedPage observed = await OpenAsync();
        IPage page = observed.Page;
        // So that it takes several answers.
        await page.RouteAsync(new Regex("top=1000"), route => route.ContinueAsync(new() { Url = route.Request.Url.Replace("top=1000", "top=5", StringComparison.Ordinal) }));
        await Expect(page.GetByText("100 experiments; there are older ones.")).ToBeVisibleAsync();

        await page.GetByLabel("Name, id or model").FillAsync("page 0");
        await Expect(page.GetByText("0 of the newest 100 experiments; older ones were not searched.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Search older ones" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "page 0", Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByText("1 of 112 experiments.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Search older ones" })).ToBeHiddenAsync();
        Assert.Empty(observed.Complaints);
    }

    [BrowserTheory]
    [InlineData("<script>window.hit = 1</script><img src=x onerror=window.hit=1>")]
    [InlineData("\"'><svg onload=\"window.hit=1\">&lt;")]
    [InlineData("😀😁😂🤣😃😄😅😆😉😊😋😎😍😘😗😙😚🙂🤗🤔😐😑😶🙄😏😣😥😮🤐😯😪😫😴😌😛😜😝🤤😒😓😔😕🙃🤑😲☹😖😞😟😤😢😭😦😧😨😩😬😰😱😳😵😡😠😷🤒🤕🤢🤧😇🤠🤡🤥🤓😈👿👹👺💀👻👽🤖💩😺😸😹😻😼😽🙀😿😾👨‍👩‍👧🙉🙊👦👧👨👩")]
    [InlineData("a\u202eb\u0007c")]
    public async Task What_a_name_holds_is_shown_as_text(string name)
    {
        string id = Store("20250202-020202-evil", name);
        string shown = name.Replace('\u202e', '\ufffd').Replace('\u0007', '\u2407');
        await using ObservedPage observed = await OpenAsync();
        foreach (string view in (string[])["/", $"/experiments/{id}", $"/trend/{id}", $"/start/{id}", $"/compare/{id}/{Nightlies[0]}"])
        {
            await GoAsync(observed.Page, view);
            await observed.Page.ReloadAsync();
            await Expect(observed.Page.GetByText(shown).First).ToBeAttachedAsync();
            Assert.True(await observed.Page.EvaluateAsync<bool>("window.hit === undefined && document.querySelectorAll('main img, main script').length === 0"));
            Assert.Empty(observed.Complaints);
        }
    }
}
