using ServerlessConcurrency.Core.Costs;
using ServerlessConcurrency.Core.Sweeps;

namespace ServerlessConcurrency.Reporting.Sweeps;

/// <summary>
/// The one cost that is shown for a result of a sweep: over cores that of the Flex Consumption instances for which so many cores
/// stand in, else that of the default plan. All plans are in sweep.json.
/// </summary>
public static class SweepCost
{
    public static string Title(SweepVariable over) => "Cost of a million tasks, US dollars, " + (over == SweepVariable.Cores
        ? "Flex Consumption with so many cores"
        : HostingPlans.Default.Name);

    /// <returns>US dollars per million tasks; null where it is not known, or no instance has so many cores.</returns>
    public static double? Of(SweepEntry entry, SweepVariable over)
    {
        string? plan = over != SweepVariable.Cores ? HostingPlans.Default.Id
            : FlexInstanceSize.WithCores(entry.Value) is { } size ? new FlexConsumptionPlan(size.MemoryMegabytes).Id
            : null;
        return plan is not null && entry.CostPerMillionTasks.TryGetValue(plan, out double cost) ? cost : null;
    }

    public static bool IsKnown(SweepTable table, SweepVariable over) =>
        table.Rows.SelectMany(row => row.Entries).OfType<SweepEntry>().Any(entry => Of(entry, over) is not null);
}
