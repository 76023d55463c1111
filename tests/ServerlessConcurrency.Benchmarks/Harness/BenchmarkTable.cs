using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace ServerlessConcurrency.Benchmarks.Harness;

/// <summary>Prints rows, for people or as JSON.</summary>
internal static class BenchmarkTable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static void WriteJson(IReadOnlyList<BenchmarkRow> rows) => Console.Out.WriteLine(JsonSerializer.Serialize(rows, Json));

    public static void Write(IReadOnlyList<BenchmarkRow> rows)
    {
        Table table = new Table().AddColumns("what", "figure", "reference", "ratio", "target", "reached");
        table.Columns[1].RightAligned();
        table.Columns[3].RightAligned();
        foreach (BenchmarkRow row in rows)
        {
            table.AddRow(
                new Text(row.What),
                new Text(Quantity(row.Figure, row.Unit)),
                new Text(row.Reference.Length == 0 ? "" : $"{row.Reference}: {Quantity(row.ReferenceFigure, row.Unit)}"),
                new Text(row.Ratio is { } ratio ? Number(ratio) : ""),
                new Text(row.Target),
                new Markup(row.Reached switch { true => "[green]yes[/]", false => "[red]no[/]", null => row.Figure is null ? "not measured" : "" }));
        }

        // A pipe has no width: there the table is as wide as it needs to be.
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = 200;
        AnsiConsole.Write(table);
    }

    private static string Quantity(double? figure, string unit) => figure is { } value ? $"{Number(value)} {unit}".TrimEnd() : "not measured";

    private static string Number(double value) => value.ToString(Math.Abs(value) >= 100 ? "N0" : "0.00", CultureInfo.InvariantCulture);
}
