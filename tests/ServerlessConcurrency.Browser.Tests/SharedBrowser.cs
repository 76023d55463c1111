using Microsoft.Playwright;

namespace ServerlessConcurrency.Browser.Tests;

/// <summary>One browser for all tests, each of which opens pages of its own; it ends with their process.</summary>
internal static class SharedBrowser
{
    private static readonly Lazy<Task<IBrowser>> Browser = new(LaunchAsync);

    /// <summary>Opens an empty page that nothing of another page has touched.</summary>
    /// <param name="options">Its size and media; may be null.</param>
    public static async Task<ObservedPage> OpenAsync(BrowserNewContextOptions? options = null)
    {
        IBrowser browser = await Browser.Value;
        IBrowserContext context = await browser.NewContextAsync(options);
        return new ObservedPage(context, await context.NewPageAsync());
    }

    private static async Task<IBrowser> LaunchAsync()
    {
        IPlaywright playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = InstalledBrowser.Path,
            ChromiumSandbox = false,
            // Not those of Playwright, but what would do something here, and what makes two pages ready for every window's address field.
            Args =
            [
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,AimEnabled,HttpsUpgrades,MediaRouter,OptimizationHints,PaintHolding,Translate",
            ],
        });
    }
}
