using Microsoft.Playwright;

namespace ServerlessConcurrency.Browser.Tests.Reports;

/// <summary>A report that a browser has opened from disk.</summary>
internal sealed class OpenReport(ObservedPage observed, string path) : IAsyncDisposable
{
    public ObservedPage Observed => observed;

    public IPage Page => observed.Page;

    public ILocator Timeline => Page.Locator("figure.timeline");

    public string Address => new Uri(path).AbsoluteUri;

    public static async Task<OpenReport> OpenAsync(string path, BrowserNewContextOptions? options = null)
    {
        var report = new OpenReport(await SharedBrowser.OpenAsync(options), path);
        await report.Page.GotoAsync(report.Address);
        return report;
    }

    /// <summary>Scrolls through it until every chart is drawn: those that nobody has come near are not.</summary>
    /// <returns>How many there are.</returns>
    public async Task<int> ScrollThroughAsync()
    {
        ILocator figures = Page.Locator("[data-drawing]");
        int count = await figures.CountAsync();
        for (int index = 0; index < count; index++)
        {
            ILocator figure = figures.Nth(index);
            await figure.ScrollIntoViewIfNeededAsync();
            await Assertions.Expect(figure).ToHaveAttributeAsync("data-drawn", "true");
        }

        return count;
    }

    /// <summary>How many colours a canvas shows, and what it shows as a number that is another when anything is.</summary>
    public static async Task<(int Colours, string Picture)> LookAtAsync(ILocator figure)
    {
        string[] seen = await figure.Locator("canvas").First.EvaluateAsync<string[]>(
            """
            canvas => new Promise(seen => requestAnimationFrame(() => requestAnimationFrame(() => {
              const pixels = new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer);
              const colours = new Map();
              let picture = pixels.length;
              for (const pixel of pixels) {
                if (pixel >>> 24 > 200)
                  colours.set(pixel, (colours.get(pixel) ?? 0) + 1);
                picture = (Math.imul(picture, 31) + pixel) | 0;
              }
              seen([String([...colours.values()].filter(count => count > 5).length), String(picture)]);
            })))
            """);
        return (int.Parse(seen[0], System.Globalization.CultureInfo.InvariantCulture), seen[1]);
    }

    public ValueTask DisposeAsync() => observed.DisposeAsync();
}
