using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Experiments;
using Spectre.Console;

namespace ServerlessConcurrency.Cli.Rendering;

/// <summary>The results of one workload: a row for each model. A narrow terminal gets the columns that fit.</summary>
internal static class ResultTable
{
    private const int ColumnGap = 2;

    /// <summary>Makes the table.</summary>
    public static Table Create(ExperimentDocument document, WorkloadSpec workload, Profile profile)
    {
        ResultRow[] rows =
        [
            .. document.Analysis
                .Where(model => model.Workload == workload.Kind && model.Size == workload.Size)
                .Select(model => new ResultRow(model, document.Runs)),
        ];
        List<ResultColumn> columns = Fitting(
            ResultColumn.All(rows, profile.Capabilities.Unicode), rows, profile.Width);
        var table = new Table { Border = TableBorder.Simple };
        foreach (ResultColumn column in columns)
        {
            table.AddColumn(new TableColumn(column.Title)
            {
                Alignment = column.Alignment, NoWrap = true, Padding = new Padding(0, 0, ColumnGap - 1, 0),
            });
        }

        foreach (ResultRow row in rows)
            table.AddRow(columns.Select(column => Cell(column, row)));
        foreach (string missing in document.Spec.Models.Except(rows.Select(row => row.Model.Model)))
            table.AddRow(new Text(missing), new Text("no valid run"));
        return table;
    }

    private static Text Cell(ResultColumn column, ResultRow row)
    {
        Style style = !column.Coloured ? Style.Plain : row.Model.Verdict switch
        {
            Verdict.Faster => new Style(Color.Green),
            Verdict.Slower => new Style(Color.Red),
            _ => Style.Plain,
        };
        return new Text(column.Cell(row), style);
    }

    // Leaves out the least important column until the rest fits.
    private static List<ResultColumn> Fitting(IReadOnlyList<ResultColumn> all, ResultRow[] rows, int width)
    {
        List<ResultColumn> columns = [.. all];
        while (columns.Sum(column => WidthOf(column, rows) + ColumnGap) > width && columns.Exists(column => column.Rank > 0))
            columns.Remove(columns.MaxBy(column => column.Rank)!);
        return columns;
    }

    private static int WidthOf(ResultColumn column, ResultRow[] rows) =>
        rows.Select(row => column.Cell(row).Length).Append(column.Title.Length).Max();
}
