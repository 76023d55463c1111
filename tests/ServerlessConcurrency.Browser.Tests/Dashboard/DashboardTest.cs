using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace ServerlessConcurrency.Browser.Tests.Dashboard;

/// <summary>Opens the dashboard as a person would; what a test leaves on the server is gone before the next.</summary>
[Collection(Collection)]
public abstract class DashboardTest(DashboardFixture fixture) : IAsyncLifetime
{
    internal const string Collection = "dashboard";

    // As long as on a machine that is busy with other tests.
    private const float Patience = 120_000;

    internal Serving Server => fixture.Server;

    private protected string[] Nightlies => fixture.Nightlies;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (Server is null)
            return;
        foreach (string left in Directory.EnumerateDirectories(Server.ResultsOf("")).Select(path => Path.GetFileName(path)).Except(Nightlies))
            await Server.Http.DeleteAsync($"experiments/{left}");
    }

    /// <summary>Opens a view by the part of its address after the hash, e.g. <c>/start</c>, on the server of the fixture unless another is given.</summary>
    private protected async Task<ObservedPage> OpenAsync(string view = "/", BrowserNewContextOptions? options = null, Uri? address = null)
    {
        ObservedPage observed = await SharedBrowser.OpenAsync(options);
        observed.Page.SetDefaultTimeout(Patience);
        await observed.Page.GotoAsync($"{address ?? Server.Address}#{view}");
        return observed;
    }

    /// <summary>Goes to another view of a page that is open.</summary>
    private protected static Task GoAsync(IPage page, string view) => page.EvaluateAsync("view => location.hash = view", $"#{view}");

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
