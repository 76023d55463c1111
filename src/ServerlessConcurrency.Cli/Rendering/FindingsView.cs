using ServerlessConcurrency.Core.Documents;
using Spectre.Console;

namespace ServerlessConcurrency.Cli.Rendering;

/// <summary>Findings as the terminal shows them, of an experiment and of a sweep.</summary>
internal static class FindingsView
{
    /// <summary>Writes them below a heading; nothing where there are none.</summary>
    public static void Write(IAnsiConsole console, IEnumerable<(FindingSeverity Severity, string Code, string Text)> findings)
    {
        bool isFirst = true;
        foreach ((FindingSeverity severity, string code, string text) in findings)
        {
            if (isFirst)
            {
                console.WriteLine();
                console.MarkupLine("[bold]Findings[/]");
            }

            isFirst = false;
            string colour = severity == FindingSeverity.Warning ? "yellow" : "blue";
            console.MarkupLine($"  [{colour}]{code}[/]: {Markup.Escape(text)}");
        }
    }
}
