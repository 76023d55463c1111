using ServerlessConcurrency.Core.Costs;
using ServerlessConcurrency.Reporting.Results;
using Spectre.Console;

namespace ServerlessConcurrency.Rendering;

/// <summary>What the table of results tells of a model.</summary>
internal static class ResultColumns
{
    private const int BarWidth = 12;

    public static IReadOnlyList<Column<ResultRow>> All(ResultTable table, bool unicode)
    {
        double largest = table.Rows.Select(row => row.Analysis?.Speedup ?? 0).DefaultIfEmpty(1).Max();
        return
        [
            new("Model", 0, Justify.Left, true, row => row.Model),
            new("Degree", 1, Justify.Right, false, row => Figures.Count(row.Degree)),
            .. InFlight(table),
            new("Rounds", 7, Justify.Right, false, row => Rounds(row, unicode)),
            new("Median ms", 0, Justify.Right, false, row => Figures.Milliseconds(row.Analysis?.MedianMs)),
            new("95 % CI", 0, Justify.Right, false, row => Interval(
                Figures.Milliseconds(row.Analysis?.CiLowMs), Figures.Milliseconds(row.Analysis?.CiHighMs))),
            new("Speed-up", 0, Justify.Right, true, row => Figures.Ratio(row.Analysis?.Speedup)),
            new("", 2, Justify.Left, true, row => Bar(row.Analysis?.Speedup / largest, unicode)),
            new("95 % CI", 3, Justify.Right, false, row => Interval(
                Figures.Ratio(row.Analysis?.SpeedupLow), Figures.Ratio(row.Analysis?.SpeedupHigh))),
            new("Efficiency", 5, Justify.Right, false, row => Figures.Ratio(row.Analysis?.Efficiency)),
            new("CPU ms", 6, Justify.Right, false, row => Figures.Milliseconds(row.Analysis?.CpuMs)),
            new("Switches", 10, Justify.Right, false, Switches),
            new("Peak MiB", 9, Justify.Right, false, row => Figures.Mebibytes(row.PeakRssBytes)),
            new("Hosts", 8, Justify.Right, false, Figures.Hosts),
            .. Costs(table.Rows),
            new("Verdict", 0, Justify.Left, true, Verdict),
        ];
    }

    // What is the same for all tells nothing.
    private static Column<ResultRow>[] Costs(IReadOnlyList<ResultRow> rows)
    {
        static string Cost(ResultRow row) => Figures.Dollars(row.CostOn(HostingPlans.Default));
        return rows.Select(Cost).Distinct().Count() > 1 ? [new("$ / 1M tasks", 4, Justify.Right, false, Cost)] : [];
    }

    private static Column<ResultRow>[] InFlight(ResultTable table) =>
        table.ShowsInFlight ? [new("In flight", 1, Justify.Right, false, row => Figures.Count(row.InFlight))] : [];

    // With the repetitions of each where a run was too short to be measured.
    private static string Rounds(ResultRow row, bool unicode) => row.Analysis switch
    {
        null => Figures.None,
        { Repeats: > 1 } analysis => $"{Figures.Count(analysis.Rounds)} {(unicode ? '×' : 'x')} {Figures.Count(analysis.Repeats)}",
        { } analysis => Figures.Count(analysis.Rounds),
    };

    private static string Interval(string low, string high) => low == Figures.None ? low : $"{low}..{high}";

    private static string Switches(ResultRow row) => row.VoluntarySwitches is null
        ? Figures.None : $"{Whole(row.VoluntarySwitches)}+{Whole(row.InvoluntarySwitches)}";

    private static string Whole(double? count) => Figures.Count(count is { } known ? Math.Round(known) : null);

    private static string Bar(double? part, bool unicode)
    {
        int length = part is null ? 0 : Math.Max(1, (int)Math.Round(BarWidth * Math.Clamp(part.Value, 0, 1)));
        return new string(unicode ? '█' : '#', length);
    }

    private static string Verdict(ResultRow row) =>
        row.Analysis is null && row.Runs.Count > 0 ? "failed" : Figures.Verdict(row.Analysis?.Verdict);
}
