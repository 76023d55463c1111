using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Reporting.Results;
using Spectre.Console;

namespace ServerlessConcurrency.Cli.Rendering;

/// <summary>The results of one workload: a row for each model. A narrow terminal gets the columns that fit.</summary>
internal static class ResultTableView
{
    private const int ColumnGap = 2;

    public static Table Create(ResultTable results, Profile profile)
    {
        List<ResultColumn> columns = Fitting(
            ResultColumn.All(results, profile.Capabilities.Unicode), results.Rows, profile.Width);
        var table = new Table { Border = TableBorder.Simple };
        foreach (ResultColumn column in columns)
        {
            table.AddColumn(new TableColumn(column.Title)
            {
                Alignment = column.Alignment,
                NoWrap = true,
                Padding = new Padding(0, 0, ColumnGap - 1, 0),
            });
        }

        foreach (ResultRow row in results.Rows)
            table.AddRow(columns.Select(column => new Text(column.Cell(row), column.Coloured ? StyleOf(row) : Style.Plain)));
        return table;
    }

    private static Style StyleOf(ResultRow row) => row.Analysis?.Verdict switch
    {
        Verdict.Faster => new Style(Color.Green),
        Verdict.Slower => new Style(Color.Red),
        _ => Style.Plain,
    };

    // Leaves out the least important column until the rest fits.
    private static List<ResultColumn> Fitting(IReadOnlyList<ResultColumn> all, IReadOnlyList<ResultRow> rows, int width)
    {
        List<ResultColumn> columns = [.. all];
        while (ColumnGap + columns.Sum(column => WidthOf(column, rows) + ColumnGap) > width && columns.Exists(column => column.Rank > 0))
            columns.Remove(columns.MaxBy(column => column.Rank)!);
        return columns;
    }

    private static int WidthOf(ResultColumn column, IReadOnlyList<ResultRow> rows) =>
        rows.Select(row => column.Cell(row).Length).Append(column.Title.Length).Max();
}
