using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Sweeps;
using ServerlessConcurrency.Reporting.Charts;
using ServerlessConcurrency.Reporting.Html;

namespace ServerlessConcurrency.Reporting.Sweeps;

/// <summary>The chart of one workload: wall times over size, tasks or inFlight, or throughput over degree or cores with the fitted law.</summary>
internal static class SweepChart
{
    private const int CurveSteps = 60;

    public static void Write(HtmlWriter html, SweepTable table, SweepVariable over)
    {
        if (over is SweepVariable.Size or SweepVariable.Tasks or SweepVariable.InFlight)
            LineChart.Of("Wall time of a run, ms", table.Variable, WallTimes(table), AxisScale.Logarithmic, AxisScale.Logarithmic)?.Write(html);
        else
            WriteThroughput(html, table);
    }

    private static List<ChartLine> WallTimes(SweepTable table) => Lines(
        table, entry => new ChartPoint(entry.Value, entry.MedianMs, entry.CiLowMs, entry.CiHighMs), _ => []);

    // Relative to one figure for the whole chart, so that measured points and fitted curves are on one scale.
    private static void WriteThroughput(HtmlWriter html, SweepTable table)
    {
        double[] baseline = [.. table.Rows.SelectMany(row => row.Entries).OfType<SweepEntry>()
            .Where(entry => entry.Model == SequentialModel.ModelId).Select(entry => TasksPerSecond(entry, entry.MedianMs)).Order()];
        double unit = baseline.Length == 0 ? 1 : baseline[baseline.Length / 2];
        string caption = baseline.Length == 0
            ? "Throughput, tasks a second"
            : "Speed-up: throughput as a multiple of the median throughput of sequential";
        double largest = table.Rows.Max(row => row.Value);
        LineChart.Of(
            caption,
            table.Variable,
            Lines(
                table,
                entry => new ChartPoint(
                    entry.Value,
                    TasksPerSecond(entry, entry.MedianMs) / unit,
                    TasksPerSecond(entry, entry.CiHighMs) / unit,
                    TasksPerSecond(entry, entry.CiLowMs) / unit),
                model => Curve(table.Fits.FirstOrDefault(fit => fit.Model == model)?.Law, largest, unit)),
            AxisScale.Linear,
            AxisScale.Linear)?.Write(html);
    }

    private static List<ChartLine> Lines(
        SweepTable table, Func<SweepEntry, ChartPoint> point, Func<string, IReadOnlyList<ChartPoint>> curve) =>
    [
        .. table.Models.Select((model, column) => new ChartLine(
            model, ModelStyle.Of(model), [.. table.Rows.Select(row => row.Entries[column]).OfType<SweepEntry>().Select(point)], curve(model))),
    ];

    private static List<ChartPoint> Curve(ScalabilityLaw? law, double largest, double unit)
    {
        if (law is null)
            return [];
        var points = new List<ChartPoint>();
        for (int step = 0; step <= CurveSteps; step++)
        {
            double degree = 1 + ((largest - 1) * step / CurveSteps);
            double fitted = law.TasksPerSecond(degree) / unit;
            points.Add(new ChartPoint(degree, fitted, fitted, fitted));
        }

        return points;
    }

    private static double TasksPerSecond(SweepEntry entry, double wallMs) => entry.Tasks / (wallMs / 1000);
}
