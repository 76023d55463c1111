using ServerlessConcurrency.Core.Documents;
using Spectre.Console;

namespace ServerlessConcurrency.Rendering;

/// <summary>Findings as the terminal shows them, of an experiment and of a sweep: warnings first, and of each kind the first.</summary>
internal static class FindingsView
{
    /// <summary>Writes them below a heading; nothing where there are none.</summary>
    public static void Write(CliContext context, IEnumerable<(FindingSeverity Severity, string Code, string Text)> findings)
    {
        IAnsiConsole console = context.Out;
        var kinds = findings.GroupBy(finding => (finding.Severity, finding.Code)).OrderByDescending(kind => kind.Key.Severity).ToArray();
        if (kinds.Length == 0)
            return;
        console.WriteLine();
        console.MarkupLine("[bold]Findings[/]");
        foreach (var kind in kinds)
        {
            string colour = kind.Key.Severity == FindingSeverity.Warning ? "yellow" : "blue";
            string[] texts = [.. kind.Select(finding => finding.Text)];
            foreach (string text in context.Details ? texts : texts[..1])
                console.WriteIndented(new Markup($"[{colour}]{Markup.Escape(kind.Key.Code)}[/]: {Markup.Escape(text)}"));
            if (!context.Details && texts.Length > 1)
                console.WriteIndented(new Markup($"[grey]and {texts.Length - 1} more of this kind: --details[/]"));
        }
    }
}
