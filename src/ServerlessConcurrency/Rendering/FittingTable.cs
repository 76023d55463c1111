using Spectre.Console;

namespace ServerlessConcurrency.Rendering;

/// <summary>A table of which a narrow terminal gets the columns that fit, none of them squeezed unless those that are always there are too wide.</summary>
internal static class FittingTable
{
    private const int ColumnGap = 2;

    public static Table Create<TRow>(IReadOnlyList<Column<TRow>> all, IReadOnlyList<TRow> rows, Func<TRow, Style> styleOf, int width)
    {
        List<Column<TRow>> columns = Fitting(all, rows, width);
        bool fits = Fits(columns, rows, width);
        var table = new Table { Border = TableBorder.Simple };
        foreach (Column<TRow> column in columns)
        {
            table.AddColumn(new TableColumn(column.Title)
            {
                Alignment = column.Alignment,
                NoWrap = fits && !column.Wraps,
                Padding = new Padding(0, 0, ColumnGap - 1, 0),
            });
        }

        foreach (TRow row in rows)
            table.AddRow(columns.Select(column => new Text(column.Cell(row), column.Coloured ? styleOf(row) : Style.Plain)));
        return table;
    }

    public static bool Fits<TRow>(IReadOnlyList<Column<TRow>> columns, IReadOnlyList<TRow> rows, int width) =>
        ColumnGap + columns.Sum(column => column.WidthOf(rows) + ColumnGap) <= width;

    // Leaves out the least important column until the rest fits.
    private static List<Column<TRow>> Fitting<TRow>(IReadOnlyList<Column<TRow>> all, IReadOnlyList<TRow> rows, int width)
    {
        List<Column<TRow>> columns = [.. all];
        while (!Fits(columns, rows, width) && columns.Exists(column => column.Rank > 0))
            columns.Remove(columns.MaxBy(column => column.Rank)!);
        return columns;
    }
}
