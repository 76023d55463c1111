using ServerlessConcurrency.Reporting.Html;

namespace ServerlessConcurrency.Reporting.Charts;

/// <summary>A chart as data: the page's script draws it for people to explore, SVG shows it in print, in mail and where no script runs.</summary>
internal abstract record Chart(string Caption)
{
    /// <summary>How it is drawn, e.g. <c>lines</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>What it shows, for those who cannot see it.</summary>
    public abstract string Description { get; }

    /// <summary>How its axes are divided, in brackets; empty where evenly.</summary>
    protected abstract string Scales { get; }

    protected abstract void WriteSvg(HtmlWriter html);

    /// <summary>Writes it as a figure.</summary>
    public void Write(HtmlWriter html)
    {
        html.WriteLine($"""<figure class="chart" data-drawing="{html.Draw(this)}"><figcaption>{Caption}{Scales}</figcaption><div class="still">""");
        WriteSvg(html);
        html.WriteLine($"</div></figure>");
    }
}
