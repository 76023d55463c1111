using Microsoft.Playwright;

namespace ServerlessConcurrency.Browser.Tests.Dashboard;

public class AccessTests(DashboardFixture fixture) : DashboardTest(fixture)
{
    [BrowserTheory]
    [InlineData(ColorScheme.Light, 1400)]
    [InlineData(ColorScheme.Dark, 400)]
    public async Task Every_view_keeps_nobody_out_and_fits_the_window(ColorScheme scheme, int width)
    {
        string running = await Server.PostAsync(DashboardFixture.Endless);
        var options = new BrowserNewContextOptions { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 }, ReducedMotion = ReducedMotion.Reduce };
        await using ObservedPage observed = await OpenAsync(options: options);
        foreach ((string view, Func<IPage, Task> untilShown) in Views(running))
        {
            await GoAsync(observed.Page, view);
            await untilShown(observed.Page);

            Assert.Empty(await observed.FindBarriersAsync());
            Assert.True(await observed.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{view} is wider than {width} pixels");
            // What is left out is not written.
            Assert.DoesNotMatch(@"(?m)^(false|null|undefined|NaN)$", await observed.Page.Locator("main").InnerTextAsync());
        }
    }

    [BrowserFact]
    public async Task All_of_it_is_reached_by_keyboard()
    {
        await using ObservedPage observed = await OpenAsync();
        IPage page = observed.Page;
        await HasHeadingAsync(page, "Experiments");

        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByText("Skip to the content")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator("main a.primary")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await HasHeadingAsync(page, "Start an experiment");
        await Expect(page.Locator("main")).ToBeFocusedAsync();
    }

    private IEnumerable<(string View, Func<IPage, Task> UntilShown)> Views(string running) =>
    [
        ("/", page => Expect(page.GetByRole(AriaRole.Row)).Not.ToHaveCountAsync(0)),
        ("/start", async page =>
        {
            await page.GetByLabel("degree").FillAsync("0");
            await page.GetByText("More fields").ClickAsync();
            await page.GetByText("What can be measured here").ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("mistake");
        }),
        ($"/experiments/{running}", page => HasStatusAsync(page, "running")),
        ($"/experiments/{Nightlies[0]}", page => HasStatusAsync(page, "completed")),
        ($"/experiments/{Nightlies[0]}", async page =>
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        }),
        ("/constructor", page => HasHeadingAsync(page, "Experiments")),
        ("/experiments/20260131-093000-none", page => HasHeadingAsync(page, "It is not there")),
        ($"/trend/{Nightlies[0]}", page => Expect(page.Locator("polyline").First).ToBeAttachedAsync()),
        ($"/compare/{Nightlies[1]}/{Nightlies[0]}", page => Expect(page.Locator(".verdict").First).ToBeVisibleAsync()),
        ("/compare", page => Expect(page.GetByText("Choose two experiments")).ToBeVisibleAsync()),
    ];
}
