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
            <nav id="contents" class="{(models.Count == 0 ? "alone" : "above")}" aria-label="Sections"></nav>
            """);
        if (models.Count > 0)
            html.WriteLine($"""<div class="chips" role="group" aria-label="Models to show">""");
        foreach (string model in models)
            html.WriteLine($"""<button type="button" class="chip m{ModelStyle.Of(model)}" aria-pressed="true" data-series="{model}">{model}</button>""");
        if (models.Count > 0)
            html.WriteLine($"</div>");
        html.WriteLine(
            $"""
            <button type="button" id="theme">Dark</button>
            </div>
            """);
    }
}
