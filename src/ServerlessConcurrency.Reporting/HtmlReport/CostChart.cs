using ServerlessConcurrency.Core.Costs;
using ServerlessConcurrency.Reporting.Charts;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Reporting.HtmlReport;

/// <summary>Cost against time: a point for every model on every plan, and the frontier of those that no other beats in both.</summary>
internal static class CostChart
{
    public const string Frontier = "of all models: no other is both faster and cheaper";

    /// <returns>The chart; null where no cost is known.</returns>
    public static LineChart? Of(ResultTable table)
    {
        ChartLine[] models =
        [
            .. from row in table.Rows
               where row.Analysis is not null
               select new ChartLine(
                   row.Model,
                   ModelStyle.Of(row.Model),
                   [.. from plan in HostingPlans.All where row.CostOn(plan) > 0 select new ChartPoint(row.Analysis!.MedianMs, row.CostOn(plan)!.Value, plan.Name)],
                   [],
                   Shape: LineShape.None),
        ];
        return LineChart.Of(
            "Cost of a million tasks, US dollars, against the time of a run",
            "median wall time of a run on this machine, ms",
            [new ChartLine(Frontier, 0, FrontierOf([.. models.SelectMany(model => model.Points)]), [], Shape: LineShape.Frontier), .. models],
            AxisScale.Fitting,
            AxisScale.Fitting,
            "US dollars");
    }

    private static List<ChartPoint> FrontierOf(IEnumerable<ChartPoint> points)
    {
        var frontier = new List<ChartPoint>();
        foreach (ChartPoint point in points.OrderBy(point => point.X).ThenBy(point => point.Y))
            if (frontier.Count == 0 || point.Y < frontier[^1].Y)
                frontier.Add(point);
        return frontier;
    }
}
