using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Reporting.Charts;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.HtmlReport;

/// <summary>How many times as fast as the baseline each model is, with intervals.</summary>
internal static class SpeedupChart
{
    /// <returns>The chart; null without a baseline.</returns>
    public static RowChart? Of(ResultTable table)
    {
        ModelAnalysis[] compared = [.. table.Rows.Select(row => row.Analysis).OfType<ModelAnalysis>().Where(analysis => analysis.Speedup is not null)];
        return compared.Length == 0 ? null : new RowChart(
            "Speed-up: how many times as fast as sequential",
            Axis.Of(AxisScale.Fitting, [1, .. compared.SelectMany(analysis => new[] { analysis.Speedup, analysis.SpeedupLow, analysis.SpeedupHigh }).OfType<double>()]),
            [.. compared.Select(RowOf)],
            [1],
            ["mark: median over rounds; line: its 95 % confidence interval; dashed: as fast as sequential"]);
    }

    private static ChartRow RowOf(ModelAnalysis analysis)
    {
        double low = analysis.SpeedupLow ?? analysis.Speedup!.Value;
        double high = analysis.SpeedupHigh ?? analysis.Speedup!.Value;
        string text = $"{Figures.Ratio(analysis.Speedup)}×" + (low < high ? $" ({Figures.Ratio(low)} to {Figures.Ratio(high)})" : "");
        return new ChartRow(analysis.Model, $"{analysis.Model}: {text}", [new RowMark("speed-up", ModelStyle.Of(analysis.Model), 0, text, analysis.Speedup!.Value, low, high)], []);
    }
}
