using System.Globalization;
using ServerlessConcurrency.Core.Prices;

namespace ServerlessConcurrency.Core.Costs;

/// <summary>
/// Flex Consumption, always ready: the memory of an instance for as long as it is configured (the baseline), the same memory once more while it
/// executes functions, metered as on demand, and each execution; no free grants. (Microsoft Learn, "Azure Functions Flex Consumption plan
/// hosting", section "Billing", 5 November 2024.)
/// </summary>
/// <param name="memoryMB">The memory of an instance: 512, 2,048 or 4,096 MB.</param>
public sealed class AlwaysReadyPlan(int memoryMB) : IHostingPlan
{
    public string Id { get; } = string.Create(CultureInfo.InvariantCulture, $"flex-{memoryMB}-always-ready");

    public string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"Flex Consumption {memoryMB:N0} MB, always ready");

    public bool IsPaidWhileIdle => true;

    public double? CostOf(RunUse use, PriceList prices) =>
        (memoryMB / 1_024.0 * use.InstanceMs / 1_000 * prices.Find(PriceField.AlwaysReadyBaselineGigabyteSecond))
            + (FlexConsumptionPlan.GigabyteSeconds(use, memoryMB) * prices.Find(PriceField.AlwaysReadyGigabyteSecond))
            + ((use.Executions + use.OrchestratorExecutions) / 1_000_000 * prices.Find(PriceField.AlwaysReadyMillionExecutions));
}
