using ServerlessConcurrency.Core.Prices;

namespace ServerlessConcurrency.Core.Costs;

/// <summary>A hosting plan of Azure Functions: what it charges for. A new one is a class and a line in <see cref="HostingPlans"/>.</summary>
public interface IHostingPlan
{
    /// <summary>Its id, e.g. <c>flex-2048</c>.</summary>
    string Id { get; }

    string Name { get; }

    /// <summary>Whether its instances are paid for while they execute nothing: then nobody knows what sporadic work costs.</summary>
    bool IsPaidWhileIdle => false;

    /// <summary>What its instances cost for a run, without storage.</summary>
    /// <returns>US dollars; null where a price is not known.</returns>
    double? CostOf(RunUse use, PriceList prices);
}
