namespace ServerlessConcurrency.Core.Prices;

/// <summary>A figure that costs are computed from.</summary>
public sealed record PriceField(string Name, string Unit, double Max, string Meaning)
{
    /// <summary>Memory of a Flex Consumption instance while it executes functions.</summary>
    public static PriceField FlexGigabyteSecond { get; } =
        new("flexGigabyteSecond", "USD per GB-s", 0.01, "memory of an instance while it executes functions, on demand");

    /// <summary>Executions on Flex Consumption.</summary>
    public static PriceField FlexMillionExecutions { get; } =
        new("flexMillionExecutions", "USD per 1,000,000 executions", 1_000, "executions, on demand");

    /// <summary>Memory of an always-ready instance of Flex Consumption, whether it executes functions or not.</summary>
    public static PriceField AlwaysReadyBaselineGigabyteSecond { get; } =
        new("alwaysReadyBaselineGigabyteSecond", "USD per GB-s", 0.01, "memory of an always-ready instance for as long as it is configured");

    /// <summary>Memory of an always-ready instance of Flex Consumption while it executes functions, on top of the baseline.</summary>
    public static PriceField AlwaysReadyGigabyteSecond { get; } =
        new("alwaysReadyGigabyteSecond", "USD per GB-s", 0.01, "memory of an always-ready instance while it executes functions");

    /// <summary>Executions on always-ready instances of Flex Consumption.</summary>
    public static PriceField AlwaysReadyMillionExecutions { get; } =
        new("alwaysReadyMillionExecutions", "USD per 1,000,000 executions", 1_000, "executions, always ready");

    /// <summary>Memory of an execution on Consumption.</summary>
    public static PriceField ConsumptionGigabyteSecond { get; } =
        new("consumptionGigabyteSecond", "USD per GB-s", 0.01, "memory that an execution uses");

    /// <summary>Executions on Consumption.</summary>
    public static PriceField ConsumptionMillionExecutions { get; } =
        new("consumptionMillionExecutions", "USD per 1,000,000 executions", 1_000, "executions");

    /// <summary>Processors of Elastic Premium instances.</summary>
    public static PriceField PremiumVcpuHour { get; } =
        new("premiumVcpuHour", "USD per vCPU-hour", 100, "processors of Elastic Premium instances");

    /// <summary>Memory of Elastic Premium instances.</summary>
    public static PriceField PremiumGibibyteHour { get; } =
        new("premiumGibibyteHour", "USD per GiB-hour", 100, "memory of Elastic Premium instances");

    public static PriceField QueueTransactions { get; } =
        new("queueTransactions", "USD per 10,000 requests", 100, "requests to queues");

    public static PriceField TableTransactions { get; } =
        new("tableTransactions", "USD per 10,000 requests", 100, "requests to tables");

    /// <summary>Requests that write blobs.</summary>
    public static PriceField BlobWrites { get; } = new("blobWrites", "USD per 10,000 requests", 100, "requests that write blobs");

    /// <summary>Other requests to blobs; those that delete are free.</summary>
    public static PriceField BlobReads { get; } = new("blobReads", "USD per 10,000 requests", 100, "requests that read blobs");

    /// <summary>Actions of the Durable Task Scheduler, SKU Consumption.</summary>
    public static PriceField SchedulerMillionActions { get; } =
        new("schedulerMillionActions", "USD per 1,000,000 actions", 100_000, "actions of the Durable Task Scheduler");

    /// <summary>What Durable Functions itself asks of queues for an activity.</summary>
    public static PriceField DurableQueuesPerActivity { get; } = new(
        "durableQueueRequestsPerActivity", "requests", 10_000, "requests of Durable Functions itself to queues for each activity");

    /// <summary>What Durable Functions itself asks of tables for an activity.</summary>
    public static PriceField DurableTablesPerActivity { get; } = new(
        "durableTableRequestsPerActivity", "requests", 10_000, "requests of Durable Functions itself to tables for each activity");

    /// <summary>What Durable Functions itself asks of queues for an orchestration, beside its activities.</summary>
    public static PriceField DurableQueuesPerOrchestration { get; } = new(
        "durableQueueRequestsPerOrchestration", "requests", 100_000, "requests of Durable Functions itself to queues for each orchestration");

    /// <summary>What Durable Functions itself asks of tables for an orchestration, beside its activities.</summary>
    public static PriceField DurableTablesPerOrchestration { get; } = new(
        "durableTableRequestsPerOrchestration", "requests", 100_000, "requests of Durable Functions itself to tables for each orchestration");

    /// <summary>How often the orchestrator is executed for an activity.</summary>
    public static PriceField DurableExecutionsPerActivity { get; } = new(
        "durableOrchestratorExecutionsPerActivity", "executions", 100, "executions of the orchestrator for each activity");

    /// <summary>How often the orchestrator is executed for an orchestration, beside those for its activities.</summary>
    public static PriceField DurableExecutionsPerOrchestration { get; } = new(
        "durableOrchestratorExecutionsPerOrchestration", "executions", 1_000, "executions of the orchestrator for each orchestration");

    /// <summary>All of them, in the order of a price file.</summary>
    public static IReadOnlyList<PriceField> All { get; } =
    [
        FlexGigabyteSecond, FlexMillionExecutions, AlwaysReadyBaselineGigabyteSecond, AlwaysReadyGigabyteSecond,
        AlwaysReadyMillionExecutions, ConsumptionGigabyteSecond, ConsumptionMillionExecutions, PremiumVcpuHour, PremiumGibibyteHour,
        QueueTransactions, TableTransactions, BlobWrites, BlobReads, SchedulerMillionActions, DurableQueuesPerActivity,
        DurableTablesPerActivity, DurableQueuesPerOrchestration, DurableTablesPerOrchestration, DurableExecutionsPerActivity,
        DurableExecutionsPerOrchestration,
    ];
}
