using System.Globalization;
using ServerlessConcurrency.Core.Prices;

namespace ServerlessConcurrency.Core.Costs;

/// <summary>
/// Flex Consumption, on demand: the memory of an instance for as long as it executes functions, at least 1,000 ms at a time, then
/// rounded up to 100 ms, and each execution. (Microsoft Learn, "Azure Functions Flex Consumption plan hosting", section "Billing", 24 May
/// 2024; that it is metered by instance and not by execution: "Estimating consumption-based costs", 5 May 2024.) Here an instance that took
/// part in a run is taken to have been in use without a break.
/// </summary>
/// <param name="memoryMB">The memory of an instance: 512, 2,048 or 4,096 MB.</param>
public sealed class FlexConsumptionPlan(int memoryMB) : IHostingPlan
{
    private const double ShortestMs = 1_000;
    private const double StepMs = 100;

    public string Id { get; } = string.Create(CultureInfo.InvariantCulture, $"flex-{memoryMB}");

    public string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"Flex Consumption {memoryMB:N0} MB");

    public double? CostOf(RunUse use, PriceList prices) =>
        (GigabyteSeconds(use, memoryMB) * prices.Find(PriceField.FlexGigabyteSecond))
            + ((use.Executions + use.OrchestratorExecutions) / 1_000_000 * prices.Find(PriceField.FlexMillionExecutions));

    /// <summary>The memory of the instances while they execute functions, as metered.</summary>
    internal static double GigabyteSeconds(RunUse use, int memoryMB)
    {
        double billedMs = use.Instances * Rounding.Up(use.InstanceMs / use.Instances, ShortestMs, StepMs);
        return memoryMB / 1_024.0 * billedMs / 1_000;
    }
}
