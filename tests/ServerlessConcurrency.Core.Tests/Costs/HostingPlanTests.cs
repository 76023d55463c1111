using ServerlessConcurrency.Core.Costs;
using ServerlessConcurrency.Core.Prices;

namespace ServerlessConcurrency.Core.Tests.Costs;

public sealed class HostingPlanTests
{
    private const int Digits = 12;

    [Theory]
    // 2 GB for 10 s = 20 GB-s at $0.00002, and an execution at $0.0000004.
    [InlineData(2_048, 10_000, 0.0004004)]
    [InlineData(512, 10_000, 0.0001004)]
    [InlineData(4_096, 10_000, 0.0008004)]
    // Never under a second: 2 GB for 1 s.
    [InlineData(2_048, 3, 0.0000404)]
    [InlineData(2_048, 1_000, 0.0000404)]
    // Above it, up to the next 100 ms: 2 GB for 1.1 s.
    [InlineData(2_048, 1_000.01, 0.0000444)]
    [InlineData(2_048, 1_100, 0.0000444)]
    public void Flex_Consumption_charges_the_memory_of_the_instance_for_at_least_a_second_in_steps_of_100_ms(
        int memoryMB, double ms, double expected) =>
        Assert.Equal(expected, new FlexConsumptionPlan(memoryMB).CostOf(Costing.Execution(ms), Costing.Prices)!.Value, Digits);

    [Fact]
    public void Flex_Consumption_charges_each_instance_by_itself_and_orchestrators_as_executions()
    {
        // 3 instances of 2 GB, each for 0.5 s and so charged 1 s: 6 GB-s; 100 and 50 executions.
        RunUse use = Costing.Execution(1_500) with { Instances = 3, Executions = 100, OrchestratorExecutions = 50 };

        Assert.Equal(0.00012 + 0.00006, new FlexConsumptionPlan(2_048).CostOf(use, Costing.Prices)!.Value, Digits);
    }

    [Theory]
    // 2 GB for 10 s: 20 GB-s at $0.000004 and, in use, at $0.00001; an execution at $0.0000003.
    [InlineData(2_048, 10_000, 0.0002803)]
    [InlineData(512, 10_000, 0.0000703)]
    [InlineData(4_096, 10_000, 0.0005603)]
    // In use for at least a second, as on demand; the baseline is of the time itself.
    [InlineData(2_048, 100, 0.0000211)]
    public void An_always_ready_instance_is_charged_for_being_there_and_for_executing(int memoryMB, double ms, double expected) =>
        Assert.Equal(expected, new AlwaysReadyPlan(memoryMB).CostOf(Costing.Execution(ms), Costing.Prices)!.Value, Digits);

    [Theory]
    // 1 GB for 2 s = 2 GB-s at $0.00001, and an execution at $0.0000002.
    [InlineData(1_024, 2_000, 0.0000202)]
    // 129 MB are charged as 256, 1 MB as 128, and more than 1,536 as 1,536.
    [InlineData(129, 2_000, 0.0000052)]
    [InlineData(1, 2_000, 0.0000027)]
    [InlineData(128, 2_000, 0.0000027)]
    [InlineData(9_000, 2_000, 0.0000302)]
    // 50 ms are charged as 100, 1,000.5 as 1,001.
    [InlineData(1_024, 50, 0.0000012)]
    [InlineData(1_024, 1_000.5, 0.00001021)]
    public void Consumption_charges_memory_in_steps_of_128_MB_and_time_from_100_ms_in_steps_of_1_ms(
        double memoryMB, double ms, double expected) =>
        Assert.Equal(expected, new ConsumptionPlan().CostOf(Costing.Execution(ms, memoryMB), Costing.Prices)!.Value, Digits);

    [Fact]
    public void Consumption_takes_512_MB_where_the_peak_is_not_known() =>
        Assert.Equal(0.0000102, new ConsumptionPlan().CostOf(Costing.Execution(2_000), Costing.Prices)!.Value, Digits);

    [Fact]
    public void Consumption_charges_the_shortest_time_for_each_execution_however_short()
    {
        // 100 executions of 10 ms each and 50 of the orchestrator, at 100 ms: 15 s of 1 GB.
        RunUse use = Costing.Execution(1_000, 1_024) with { Executions = 100, OrchestratorExecutions = 50 };

        Assert.Equal(0.00015 + 0.00003, new ConsumptionPlan().CostOf(use, Costing.Prices)!.Value, Digits);
    }

    [Theory]
    // An hour of 1 processor and 3.5 GiB: $0.36 + 3.5 * $0.036.
    [InlineData(1, 0.486)]
    [InlineData(2, 0.972)]
    [InlineData(3, 1.944)]
    public void Elastic_Premium_charges_processors_and_memory_of_instances_and_no_executions(int size, double perHour)
    {
        RunUse use = Costing.Execution(360_000) with { Executions = 1_000_000 };

        Assert.Equal(perHour / 10, new ElasticPremiumPlan(size).CostOf(use, Costing.Prices)!.Value, Digits);
    }

    [Fact]
    public void Storage_is_charged_by_kind_of_request()
    {
        RunUse use = Costing.Execution(1) with { QueueRequests = 300, TableRequests = 20, BlobWrites = 10, BlobReads = 40 };

        // (300 * 0.01 + 20 * 0.001 + 10 * 0.1 + 40 * 0.005) / 10,000
        Assert.Equal(0.000422, StorageCost.Of(use, Costing.Prices)!.Value, Digits);
    }

    [Fact]
    public void The_scheduler_charges_its_actions_and_a_list_without_their_price_is_no_matter_where_there_are_none()
    {
        PriceList without = Costing.Prices with { Values = new Dictionary<string, double>() };

        // 201 at $50 for a million.
        Assert.Equal(0.01005, SchedulerCost.Of(Costing.Execution(1) with { SchedulerActions = 201 }, Costing.Prices)!.Value, Digits);
        Assert.Null(SchedulerCost.Of(Costing.Execution(1) with { SchedulerActions = 201 }, without));
        Assert.Equal(0, SchedulerCost.Of(Costing.Execution(1), without));
    }

    [Fact]
    public void A_cost_of_which_a_price_is_not_known_is_not_known()
    {
        PriceList prices = Costing.Prices with { Values = new Dictionary<string, double>() };

        Assert.All(HostingPlans.All, plan => Assert.Null(plan.CostOf(Costing.Execution(1), prices)));
        Assert.Null(StorageCost.Of(Costing.Execution(1), prices));
    }

    [Fact]
    public void Every_plan_has_an_id_of_its_own() =>
        Assert.Equal(
            [
                "flex-512", "flex-2048", "flex-4096", "flex-512-always-ready", "flex-2048-always-ready", "flex-4096-always-ready", "consumption",
                "premium-ep1", "premium-ep2", "premium-ep3",
            ],
            HostingPlans.All.Select(plan => plan.Id));
}
