using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace ServerlessConcurrency.Browser.Tests.Dashboard;

/// <summary>Opens the dashboard as a person would.</summary>
public abstract class DashboardTest(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    // As long as on a machine that is busy with other tests.
    private const float Patience = 120_000;

    internal Serving Server => fixture.Server;

    private protected string[] Nightlies => fixture.Nightlies;

    /// <summary>Opens a view by the part of its address after the hash, e.g. <c>/start</c>, on the server of the fixture unless another is given.</summary>
    private protected async Task<ObservedPage> OpenAsync(string view = "/", BrowserNewContextOptions? options = null, Uri? address = null)
    {
        ObservedPage observed = await fixture.Browser.OpenAsync(options);
        observed.Page.SetDefaultTimeout(Patience);
        await observed.Page.GotoAsync($"{address ?? Server.Address}#{view}");
        return observed;
    }

    private protected static ILocatorAssertions Expect(ILocator locator)
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        return Assertions.Expect(locator);
    }

    private protected static Task HasHeadingAsync(IPage page, string text) => Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(text);

    private protected static Task HasStatusAsync(IPage page, string status) => Expect(page.Locator("main .heading .chip")).ToHaveTextAsync(status);

    /// <summary>Puts an experiment into the store as no spec could ask for it.</summary>
    /// <returns>The id.</returns>
    private protected string Store(string id, string name)
    {
        string path = Path.Combine(Server.ResultsOf(Nightlies[0]), "experiment.json");
        JsonNode document = JsonNode.Parse(File.ReadAllText(path))!;
        document["id"] = id;
        document["spec"]!["name"] = name;
        document["findings"] = new JsonArray(new JsonObject { ["code"] = name, ["severity"] = "warning", ["message"] = name });
        Directory.CreateDirectory(Server.ResultsOf(id));
        File.WriteAllText(Path.Combine(Server.ResultsOf(id), "experiment.json"), document.ToJsonString());
        return id;
    }
}
