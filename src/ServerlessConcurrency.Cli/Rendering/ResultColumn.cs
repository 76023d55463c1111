using System.Globalization;
using ServerlessConcurrency.Core.Analysis;
using Spectre.Console;

namespace ServerlessConcurrency.Cli.Rendering;

/// <summary>A column of the table.</summary>
/// <param name="Title">Its head.</param>
/// <param name="Rank">0 for a column that is always there; else the higher, the sooner it is left out.</param>
/// <param name="Alignment">How its cells are aligned.</param>
/// <param name="Coloured">Whether its cells take the colour of the verdict.</param>
/// <param name="Cell">The text of a cell.</param>
internal sealed record ResultColumn(
    string Title, int Rank, Justify Alignment, bool Coloured, Func<ResultRow, string> Cell)
{
    private const int BarWidth = 12;

    public static IReadOnlyList<ResultColumn> All(IReadOnlyList<ResultRow> rows, bool unicode)
    {
        double largest = rows.Select(row => row.Model.Speedup ?? 0).DefaultIfEmpty(1).Max();
        return
        [
            new("Model", 0, Justify.Left, true, row => row.Model.Model),
            new("Degree", 1, Justify.Right, false, row => Number(row.Model.Degree, "0")),
            new("Median ms", 0, Justify.Right, false, row => Number(row.Model.MedianMs, "0.0")),
            new("95 % CI", 0, Justify.Right, false, row => Interval(row.Model.CiLowMs, row.Model.CiHighMs, "0.0")),
            new("Speed-up", 0, Justify.Right, true, row => Number(row.Model.Speedup, "0.00")),
            new("", 2, Justify.Left, true, row => Bar(row.Model.Speedup / largest, unicode)),
            new("95 % CI", 3, Justify.Right, false, row => Interval(row.Model.SpeedupLow, row.Model.SpeedupHigh, "0.00")),
            new("Efficiency", 4, Justify.Right, false, row => Number(row.Model.Efficiency, "0.00")),
            new("CPU ms", 5, Justify.Right, false, row => Number(row.Model.CpuMs, "0.0")),
            new("Switches", 8, Justify.Right, false, Switches),
            new("Peak MiB", 7, Justify.Right, false, row => Number(row.PeakRssBytes / (1 << 20), "0")),
            new("Hosts", 6, Justify.Right, false, row => Number(row.Hosts, "0")),
            new("Verdict", 0, Justify.Left, true, row => Describe(row.Model.Verdict)),
        ];
    }

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    private static string Interval(double? low, double? high, string format) =>
        low is null ? "" : $"{Number(low, format)}..{Number(high, format)}";

    private static string Switches(ResultRow row) => row.VoluntarySwitches is null
        ? "" : $"{Number(row.VoluntarySwitches, "0")}+{Number(row.InvoluntarySwitches, "0")}";

    private static string Bar(double? part, bool unicode)
    {
        int length = part is null ? 0 : Math.Max(1, (int)Math.Round(BarWidth * Math.Clamp(part.Value, 0, 1)));
        return new string(unicode ? '█' : '#', length);
    }

    private static string Describe(Verdict? verdict) => verdict switch
    {
        Verdict.NoDifference => "no difference",
        null => "",
        _ => verdict.Value.ToString().ToLowerInvariant(),
    };
}
