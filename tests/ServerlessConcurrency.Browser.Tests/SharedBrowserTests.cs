using Microsoft.Playwright;

namespace ServerlessConcurrency.Browser.Tests;

public class SharedBrowserTests
{
    [BrowserFact]
    public async Task What_a_page_asks_for_and_complains_about_is_seen()
    {
        await using ObservedPage page = await SharedBrowser.OpenAsync(new BrowserNewContextOptions { ColorScheme = ColorScheme.Dark });

        await page.Page.SetContentAsync("""<title>x</title><img src="http://127.0.0.1:1/none"><script>throw new Error("thrown")</script>""");

        Assert.Contains(page.Requests, address => address.EndsWith("/none", StringComparison.Ordinal));
        Assert.Contains(page.Complaints, complaint => complaint.Contains("thrown", StringComparison.Ordinal));
        Assert.Contains(await page.FindBarriersAsync(), barrier => barrier.StartsWith("image-alt", StringComparison.Ordinal));
        Assert.True(await page.Page.EvaluateAsync<bool>("matchMedia('(prefers-color-scheme: dark)').matches"));
    }
}
