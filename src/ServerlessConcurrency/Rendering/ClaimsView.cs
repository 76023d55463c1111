using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Reporting.Claims;
using Spectre.Console;

namespace ServerlessConcurrency.Rendering;

/// <summary>Claims as the terminal shows them: the tally, what the verdicts mean, then each claim with its verdicts and what decided them.</summary>
internal static class ClaimsView
{
    public static void Write(IAnsiConsole console, ClaimsDocument document)
    {
        IReadOnlyList<ClaimResult> claims = document.Claims;
        if (claims.Count > 0)
        {
            console.WriteLine();
            console.WriteLine(ClaimText.Tally(claims));
            foreach (string line in ClaimText.Legend(claims))
                console.WriteIndented(new Text(line, Color.Grey));
        }

        if (ClaimText.NotMeasured(document) is { } missing)
            console.WriteLine(missing);
        (string Side, ClaimEvidence Evidence)[] sides = [.. claims.SelectMany(claim => claim.Sides)];
        foreach (ClaimResult claim in claims)
        {
            console.WriteLine();
            console.Write(TextLayout.Columns(claims.Max(each => each.Id.Length)).AddRow(new Text(claim.Id), new Text(claim.Statement, new Style(decoration: Decoration.Bold))));
            Grid grid = TextLayout.Columns(sides.Max(side => side.Side.Length), sides.Max(side => ClaimText.Verdict(side.Evidence).Length));
            foreach ((string side, ClaimEvidence evidence) in claim.Sides)
                grid.AddRow(new Text(side), new Text(ClaimText.Verdict(evidence), StyleOf(evidence)), new Text(ClaimText.Decisive(evidence)));
            console.WriteIndented(grid);
        }
    }

    private static Style StyleOf(ClaimEvidence evidence) => new(evidence.Verdict switch
    {
        ClaimVerdict.Holds => Color.Green,
        ClaimVerdict.DoesNotHold => Color.Red,
        _ => Color.Yellow,
    });
}
