using System.Globalization;
using ServerlessConcurrency.Core.Prices;

namespace ServerlessConcurrency.Core.Costs;

/// <summary>
/// Elastic Premium: processors and memory of the instances, no price for executions. (Microsoft Learn, "Azure Functions Premium plan",
/// section "Billing".) It is paid for as long as an instance exists, and one always does: what is computed here is the share of the time in use,
/// a lower bound that is reached by instances that are never idle.
/// </summary>
/// <param name="size">1, 2 or 3: an instance has 1, 2 or 4 processors, and 3.5, 7 or 14 GiB.</param>
public sealed class ElasticPremiumPlan(int size) : IHostingPlan
{
    private const double GibibytesPerProcessor = 3.5;
    private const double MsPerHour = 3_600_000;
    private readonly int _processors = 1 << (size - 1);

    public string Id { get; } = string.Create(CultureInfo.InvariantCulture, $"premium-ep{size}");

    public string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"Elastic Premium EP{size}");

    public bool IsPaidWhileIdle => true;

    public double? CostOf(RunUse use, PriceList prices)
    {
        double? perHour = (_processors * prices.Find(PriceField.PremiumVcpuHour))
            + (_processors * GibibytesPerProcessor * prices.Find(PriceField.PremiumGibibyteHour));
        return use.InstanceMs / MsPerHour * perHour;
    }
}
