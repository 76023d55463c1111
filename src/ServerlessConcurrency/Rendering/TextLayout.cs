using ServerlessConcurrency.Core.Wording;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ServerlessConcurrency.Rendering;

/// <summary>Text in columns without lines, in which what is wrapped keeps its indentation.</summary>
internal static class TextLayout
{
    private const int Gap = 2;

    public static void WriteIndented(this IAnsiConsole console, IRenderable content, int by = Gap) =>
        console.Write(new Padder(content, new Padding(by, 0, 0, 0)));

    /// <summary>Tells where files were written; not by way of the console of Spectre, which would break a path that is longer than the window.</summary>
    public static void WriteFiles(this IAnsiConsole console, string folder, IEnumerable<string> names)
    {
        console.Profile.Out.Writer.WriteLine($"Files: {VisibleText.Of(folder)}{Path.DirectorySeparatorChar}");
        console.WriteIndented(new Text(string.Join(", ", names)));
    }

    /// <summary>Columns of these widths, which are kept, and one that takes the rest.</summary>
    public static Grid Columns(params IEnumerable<int> widths)
    {
        var grid = new Grid();
        foreach (int width in widths)
            grid.AddColumn(new GridColumn { Width = width, NoWrap = true, Padding = new Padding(0, 0, Gap, 0) });
        return grid.AddColumn(new GridColumn { Padding = new Padding(0) });
    }
}
