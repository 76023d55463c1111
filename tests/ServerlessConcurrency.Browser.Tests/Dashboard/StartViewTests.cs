using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace ServerlessConcurrency.Browser.Tests.Dashboard;

public class StartViewTests(DashboardFixture fixture) : DashboardTest(fixture)
{
    [BrowserFact]
    public async Task Mistakes_stand_beside_their_fields()
    {
        await using ObservedPage observed = await OpenAsync("/start");
        IPage page = observed.Page;
        await page.GetByLabel("degree").FillAsync("257");
        await page.GetByLabel("rounds", new() { Exact = true }).FillAsync("many");
        await page.GetByLabel("size").FillAsync("0");
        await page.GetByText("More fields").ClickAsync();
        await page.GetByLabel("precision").FillAsync("2");
        await page.GetByText("More fields").ClickAsync();

        await StartAsync(page);

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Not started: 4 mistakes");
        foreach ((string field, string words) in new[] { ("degree", "1 to 256"), ("rounds", "\"many\" is not a whole number"), ("size", "1 to 100000000"), ("precision", "up to 1") })
        {
            ILocator input = page.GetByLabel(field, new() { Exact = true });
            await Expect(input).ToBeVisibleAsync();
            await Expect(input).ToHaveAttributeAsync("aria-invalid", "true");
            string[] described = (await input.GetAttributeAsync("aria-describedby"))!.Split(' ');
            await Expect(page.Locator($"#{described[1]}")).ToContainTextAsync(words);
        }

        await page.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Button, new() { Name = "degree" }).ClickAsync();
        await Expect(page.GetByLabel("degree")).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task A_mistake_that_belongs_to_no_field_is_told_all_the_same()
    {
        await using ObservedPage observed = await OpenAsync("/start");
        IPage page = observed.Page;
        await page.GetByLabel("Spec as JSON").FillAsync("""{ "workloads": [ { "kind": "primes", "size": 2, "tasks": 2 } ], "velocity": 3 }""");
        await StartAsync(page);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("velocity unknown field");

        await page.GetByLabel("Spec as JSON").FillAsync("{ \"models[]\": 1, \"a[b\": 2 }");
        await StartAsync(page);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("a[b unknown field");
        await Expect(page.GetByRole(AriaRole.Group, new() { Name = "models" })).ToContainTextAsync("Models[]: unknown field");

        await page.GetByLabel("Spec as JSON").FillAsync("{");
        await StartAsync(page);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("JSON");
    }

    [BrowserFact]
    public async Task Form_and_JSON_follow_each_other()
    {
        await using ObservedPage observed = await OpenAsync("/start");
        IPage page = observed.Page;
        ILocator json = page.GetByLabel("Spec as JSON");

        await page.GetByRole(AriaRole.Button, new() { Name = "Add a workload" }).ClickAsync();
        await page.GetByLabel("kind").Nth(1).SelectOptionAsync("delay");
        await page.GetByLabel("size").Nth(1).FillAsync("5");
        await page.GetByLabel("tasks").Nth(1).FillAsync("8");
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{ "workloads": [ { "kind": "primes", "size": 20000, "tasks": 32 }, { "kind": "delay", "size": 5, "tasks": 8 } ] }"""),
            JsonNode.Parse(await json.InputValueAsync())));

        await json.FillAsync("""{ "name": "a\u202eb", "seed": 9007199254740993, "models": ["async"], "coldStart": false, "workloads": [ { "kind": "sha256", "size": 7, "tasks": 9 } ] }""");
        await Expect(page.GetByLabel("kind")).ToHaveValueAsync("\"sha256\"");
        await Expect(page.GetByLabel("async")).ToBeCheckedAsync();
        await Expect(page.GetByLabel("seed")).ToHaveValueAsync("9007199254740993");
        await page.GetByLabel("tasks").FillAsync("10");
        Assert.Contains("9007199254740993", await json.InputValueAsync(), StringComparison.Ordinal);
        Assert.Contains("\"a\\u202eb\"", await json.InputValueAsync(), StringComparison.Ordinal);

        await page.GetByLabel("name", new() { Exact = true }).PressAsync("End");
        await page.GetByLabel("name", new() { Exact = true }).PressSequentiallyAsync("c");
        Assert.Contains("\"a\\u202ebc\"", await json.InputValueAsync(), StringComparison.Ordinal);

        await json.FillAsync("{ \"workloads\": [");
        await Expect(page.GetByText("The form shows what was there before")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("tasks")).ToHaveValueAsync("10");
    }

    [BrowserFact]
    public async Task Each_kind_keeps_what_was_written_of_it()
    {
        await using ObservedPage observed = await OpenAsync("/start");
        IPage page = observed.Page;
        ILocator kind = page.GetByLabel("What to measure");
        await page.GetByLabel("size").FillAsync("12345");

        await kind.SelectOptionAsync("claims");
        await page.GetByLabel("C4").CheckAsync();
        await kind.SelectOptionAsync("models");
        await Expect(page.GetByLabel("size")).ToHaveValueAsync("12345");
        await kind.SelectOptionAsync("claims");
        await Expect(page.GetByLabel("C4")).ToBeCheckedAsync();

        // Also where one looks elsewhere meanwhile.
        await GoAsync(page, "/");
        await HasHeadingAsync(page, "Experiments");
        await page.GoBackAsync();
        await Expect(page.GetByLabel("C4")).ToBeCheckedAsync();
        await kind.SelectOptionAsync("models");
        await Expect(page.GetByLabel("size")).ToHaveValueAsync("12345");
        Assert.Empty(observed.Complaints);
    }

    [BrowserFact]
    public async Task A_browser_that_rounds_large_numbers_is_said_to()
    {
        await using ObservedPage observed = await OpenAsync();
        await HasHeadingAsync(observed.Page, "Experiments");
        ILocator warning = observed.Page.GetByText("This browser rounds whole numbers above 9,007,199,254,740,991");

        await GoAsync(observed.Page, "/start");
        await HasHeadingAsync(observed.Page, "Start an experiment");
        await Expect(warning).ToHaveCountAsync(0);
        await observed.Page.EvaluateAsync("delete JSON.rawJSON; location.hash = '#/'");
        await HasHeadingAsync(observed.Page, "Experiments");
        await GoAsync(observed.Page, "/start");

        await Expect(warning).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Every_field_of_a_spec_has_its_bounds_from_the_schema()
    {
        await using ObservedPage observed = await OpenAsync("/start");
        IPage page = observed.Page;
        await page.GetByText("More fields").ClickAsync();
        JsonNode schemas = (await Json("openapi.json"))["components"]!["schemas"]!;

        foreach ((string field, JsonNode? schema) in schemas["Spec"]!["properties"]!.AsObject().Where(field => field.Key is not ("$schema" or "kind")))
        {
            ILocator place = page.Locator($"[data-path=\"{field}\"]");
            await Expect(place).ToBeVisibleAsync();
            string text = await place.EvaluateAsync<string>("place => (place.matches('fieldset') ? place : place.parentElement).textContent");
            Assert.Contains((string)schema!["description"]!, text, StringComparison.OrdinalIgnoreCase);
            foreach (string bound in (string[])["maximum", "maxLength", "maxItems"])
                if (schema[bound] is { } most)
                    Assert.Contains(((double)most).ToString("N0", System.Globalization.CultureInfo.InvariantCulture), text, StringComparison.Ordinal);
        }

        await page.GetByText("What can be measured here").ClickAsync();
        foreach (JsonNode? workload in (await Json("workloads"))["workloads"]!.AsArray())
            await Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = (string)workload!["kind"]!, Exact = true })).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task An_experiment_is_started_again_with_the_spec_it_had()
    {
        await using ObservedPage observed = await OpenAsync($"/experiments/{Nightlies[0]}");
        await observed.Page.GetByRole(AriaRole.Link, new() { Name = "Start again" }).ClickAsync();
        await HasHeadingAsync(observed.Page, "Start nightly again");

        await StartAsync(observed.Page);

        await HasHeadingAsync(observed.Page, "nightly");
        await HasStatusAsync(observed.Page, "completed");
        string id = observed.Page.Url[^20..];
        Assert.True(JsonNode.DeepEquals((await Json($"experiments/{Nightlies[0]}"))["spec"], (await Json($"experiments/{id}"))["spec"]));
    }

    [BrowserFact]
    public async Task A_server_that_takes_no_more_is_asked_again_when_it_says_and_starts_once_what_was_asked_for()
    {
        await using ObservedPage observed = await OpenAsync("/start");
        IPage page = observed.Page;
        var ids = new List<string?>();
        await page.RouteAsync("**/api/experiments", async route =>
        {
            ids.Add(await route.Request.HeaderValueAsync("Experiment-Id"));
            if (ids.Count > 2)
                await route.ContinueAsync();
            else
                await route.FulfillAsync(new() { Status = 429, Headers = new Dictionary<string, string> { ["Retry-After"] = ids.Count == 1 ? "1" : "3600" }, ContentType = "application/problem+json", Body = $$"""{ "detail": "{{102 - ids.Count}} wait" }""" });
        });
        await page.GetByLabel("size").FillAsync("100");
        await page.GetByLabel("sequential").CheckAsync();
        await page.GetByLabel("rounds", new() { Exact = true }).FillAsync("1");

        await StartAsync(page);

        await Expect(page.GetByText("100 wait. Trying again in")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Spec as JSON")).Not.ToBeEditableAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Try now" }).ClickAsync();
        await HasStatusAsync(page, "completed");
        Assert.Equal(3, ids.Count);
        Assert.Single(ids.Distinct());
    }

    private static Task StartAsync(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();

    private async Task<JsonNode> Json(string route) => JsonNode.Parse(await Server.Http.GetStringAsync(route))!;
}
