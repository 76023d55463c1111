namespace ServerlessConcurrency.Core.Costs;

/// <summary>Every hosting plan that costs are computed for.</summary>
public static class HostingPlans
{
    /// <summary>The plan that stands for all where there is room for one: Flex Consumption at its default size.</summary>
    public static IHostingPlan Default { get; } = new FlexConsumptionPlan(2_048);

    /// <summary>The plans, in the order in which they are shown.</summary>
    public static IReadOnlyList<IHostingPlan> All { get; } =
    [
        new FlexConsumptionPlan(512),
        Default,
        new FlexConsumptionPlan(4_096),
        new AlwaysReadyPlan(512),
        new AlwaysReadyPlan(2_048),
        new AlwaysReadyPlan(4_096),
        new ConsumptionPlan(),
        new ElasticPremiumPlan(1),
        new ElasticPremiumPlan(2),
        new ElasticPremiumPlan(3),
    ];
}
