using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Reporting.Results;
using Spectre.Console;

namespace ServerlessConcurrency.Rendering;

/// <summary>The results of one workload: a row for each model.</summary>
internal static class ResultTableView
{
    public static Table Create(ResultTable results, Profile profile) =>
        FittingTable.Create(ResultColumns.All(results, profile.Capabilities.Unicode), results.Rows, StyleOf, profile.Width);

    private static Style StyleOf(ResultRow row) => StyleOf(row.Analysis?.Verdict);

    public static Style StyleOf(Verdict? verdict) => verdict switch
    {
        Verdict.Faster => new Style(Color.Green),
        Verdict.Slower => new Style(Color.Red),
        _ => Style.Plain,
    };
}
