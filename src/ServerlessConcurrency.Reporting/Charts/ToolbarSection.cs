using ServerlessConcurrency.Reporting.Html;

namespace ServerlessConcurrency.Reporting.Charts;

/// <summary>What the page's script works with: the sections of the page, the models to show, light or dark. Not shown without it.</summary>
internal static class ToolbarSection
{
    public static void Write(HtmlWriter html, IReadOnlyList<string> models)
    {
        html.WriteLine(
            $"""
            <div class="toolbar" id="toolbar" hidden="">
            <nav id="contents" aria-label="Sections"></nav>
            <div class="chips" role="group" aria-label="Models to show">
            """);
        foreach (string model in models)
            html.WriteLine($"""<button type="button" class="chip m{ModelStyle.Of(model)}" aria-pressed="true" data-series="{model}">{model}</button>""");
        html.WriteLine(
            $"""
            </div>
            <button type="button" id="theme">Dark</button>
            </div>
            """);
    }
}
