using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Experiments;
using ServerlessConcurrency.Reporting.Claims;
using Spectre.Console;

namespace ServerlessConcurrency.Cli.Rendering;

/// <summary>Claims as the terminal shows them: a row for each with the verdicts and the figures that decided.</summary>
internal static class ClaimsView
{
    public static void Write(IAnsiConsole console, ExperimentDocument document)
    {
        IReadOnlyList<ClaimResult> claims = document.Claims ?? [];
        if (claims.Count > 0)
        {
            console.Write(CreateTable(claims));
            console.WriteLine(ClaimText.Tally(claims));
        }

        if (ClaimText.NotMeasured(document.Spec, claims) is { } missing)
            console.WriteLine(missing);
    }

    private static Table CreateTable(IReadOnlyList<ClaimResult> claims)
    {
        var table = new Table { Border = TableBorder.Simple, ShowRowSeparators = true };
        table.AddColumn(new TableColumn("Claim").NoWrap());
        table.AddColumn("");
        table.AddColumn("Side");
        table.AddColumn(new TableColumn("Verdict").NoWrap());
        table.AddColumn("What decided");
        foreach (ClaimResult claim in claims)
        {
            (string Side, ClaimEvidence Evidence)[] sides = [.. claim.Sides];
            table.AddRow(
                new Text(claim.Id),
                new Text(claim.Statement),
                new Rows(sides.Select(side => new Text(side.Side))),
                new Rows(sides.Select(side => new Text(ClaimText.Verdict(side.Evidence), StyleOf(side.Evidence)))),
                new Rows(sides.Select(side => new Text(ClaimText.Decisive(side.Evidence)))));
        }

        return table;
    }

    private static Style StyleOf(ClaimEvidence evidence) => new(evidence.Verdict switch
    {
        ClaimVerdict.Holds => Color.Green,
        ClaimVerdict.DoesNotHold => Color.Red,
        _ => Color.Yellow,
    });
}
