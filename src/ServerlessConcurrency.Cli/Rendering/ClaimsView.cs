using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Reporting.Claims;
using Spectre.Console;

namespace ServerlessConcurrency.Cli.Rendering;

/// <summary>Claims as the terminal shows them: a row for each with the verdicts and the figures that decided.</summary>
internal static class ClaimsView
{
    // Of the window's width; the rest is for the verdicts and what decided them.
    private const double StatementShare = 0.36;

    public static void Write(IAnsiConsole console, ClaimsDocument document)
    {
        IReadOnlyList<ClaimResult> claims = document.Claims;
        if (claims.Count > 0)
        {
            console.Write(CreateTable(claims, (int)(StatementShare * console.Profile.Width)));
            console.WriteLine(ClaimText.Tally(claims));
        }

        if (ClaimText.NotMeasured(document) is { } missing)
            console.WriteLine(missing);
    }

    private static Table CreateTable(IReadOnlyList<ClaimResult> claims, int statementWidth)
    {
        var table = new Table { Border = TableBorder.Simple, ShowRowSeparators = true, ShowHeaders = false };
        table.AddColumn(new TableColumn("").NoWrap());
        table.AddColumn(new TableColumn("") { Width = Math.Min(statementWidth, claims.Max(claim => claim.Statement.Length)) });
        table.AddColumn("");
        (string Side, ClaimEvidence Evidence)[] sides = [.. claims.SelectMany(claim => claim.Sides)];
        int sideWidth = sides.Max(side => side.Side.Length);
        int verdictWidth = sides.Max(side => ClaimText.Verdict(side.Evidence).Length);
        foreach (ClaimResult claim in claims)
            table.AddRow(new Text(claim.Id), new Text(claim.Statement), CreateSides(claim, sideWidth, verdictWidth));
        return table;
    }

    // A table of its own, so that a verdict stays beside its side where the text next to it takes two lines.
    private static Grid CreateSides(ClaimResult claim, int sideWidth, int verdictWidth)
    {
        var grid = new Grid();
        grid.AddColumn(new GridColumn { Width = sideWidth, NoWrap = true });
        grid.AddColumn(new GridColumn { Width = verdictWidth, NoWrap = true });
        grid.AddColumn(new GridColumn { Padding = new Padding(0) });
        foreach ((string side, ClaimEvidence evidence) in claim.Sides)
        {
            grid.AddRow(
                new Text(side), new Text(ClaimText.Verdict(evidence), StyleOf(evidence)), new Text(ClaimText.Decisive(evidence)));
        }

        return grid;
    }

    private static Style StyleOf(ClaimEvidence evidence) => new(evidence.Verdict switch
    {
        ClaimVerdict.Holds => Color.Green,
        ClaimVerdict.DoesNotHold => Color.Red,
        _ => Color.Yellow,
    });
}
