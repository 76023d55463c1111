using ServerlessConcurrency.Core.Prices;

namespace ServerlessConcurrency.Core.Costs;

/// <summary>
/// Consumption: the memory of each execution, rounded up to 128 MB, for as long as it takes, at least 100 ms, rounded up to 1 ms, and
/// each execution. (Microsoft Docs, "Usage API related FAQs", meter "Functions - Compute", 27 September 2018: 128 to 1,536 MB, 100 ms;
/// "Estimating Consumption plan costs in Azure Functions", 20 September 2019.) Executions are billed at their mean, an orchestrator's at the shortest.
/// </summary>
public sealed class ConsumptionPlan : IHostingPlan
{
    /// <summary>The memory that is assumed where the peak is not known, in MB.</summary>
    public const double AssumedMB = 512;

    private const double StepMB = 128;
    private const double MostMB = 1_536;
    private const double ShortestMs = 100;
    private const double StepMs = 1;

    public string Id => "consumption";

    public string Name => "Consumption";

    public double? CostOf(RunUse use, PriceList prices)
    {
        double usedMB = use.MemoryBytes / (1_024 * 1_024) ?? AssumedMB;
        double billedMB = Math.Min(MostMB, Rounding.Up(usedMB, StepMB, StepMB));
        double billedMs = (use.Executions * Rounding.Up(use.ExecutionMs / use.Executions, ShortestMs, StepMs))
            + (use.OrchestratorExecutions * ShortestMs);
        return (billedMB / 1_024 * billedMs / 1_000 * prices.Find(PriceField.ConsumptionGigabyteSecond))
            + ((use.Executions + use.OrchestratorExecutions) / 1_000_000 * prices.Find(PriceField.ConsumptionMillionExecutions));
    }
}
