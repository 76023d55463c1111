using ServerlessConcurrency.Core.Costs;
using ServerlessConcurrency.Core.Prices;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Tests.Costs;

/// <summary>Runs and prices that are easy to compute with.</summary>
internal static class Costing
{
    /// <summary>Round prices: what a plan charges for is seen in the digits of a cost.</summary>
    public static PriceList Prices { get; } = new()
    {
        Region = "nowhere",
        Date = "never",
        Source = "made up",
        Values = new Dictionary<string, double>
        {
            [PriceField.FlexGigabyteSecond.Name] = 0.00002,
            [PriceField.FlexMillionExecutions.Name] = 0.4,
            [PriceField.AlwaysReadyBaselineGigabyteSecond.Name] = 0.000004,
            [PriceField.AlwaysReadyGigabyteSecond.Name] = 0.00001,
            [PriceField.AlwaysReadyMillionExecutions.Name] = 0.3,
            [PriceField.ConsumptionGigabyteSecond.Name] = 0.00001,
            [PriceField.ConsumptionMillionExecutions.Name] = 0.2,
            [PriceField.PremiumVcpuHour.Name] = 0.36,
            [PriceField.PremiumGibibyteHour.Name] = 0.036,
            [PriceField.QueueTransactions.Name] = 0.01,
            [PriceField.TableTransactions.Name] = 0.001,
            [PriceField.BlobWrites.Name] = 0.1,
            [PriceField.BlobReads.Name] = 0.005,
            [PriceField.SchedulerMillionActions.Name] = 50,
            [PriceField.DurableQueuesPerActivity.Name] = 8,
            [PriceField.DurableTablesPerActivity.Name] = 2,
            [PriceField.DurableQueuesPerOrchestration.Name] = 10,
            [PriceField.DurableTablesPerOrchestration.Name] = 20,
            [PriceField.DurableExecutionsPerActivity.Name] = 0.5,
            [PriceField.DurableExecutionsPerOrchestration.Name] = 8,
        },
    };

    /// <summary>A run of 100 tasks.</summary>
    /// <param name="model">The model.</param>
    /// <param name="wallMs">Its wall time.</param>
    public static RunResult Run(string model, double wallMs) => new()
    {
        RunId = "r001-01",
        Round = 1,
        Workload = "primes",
        Size = 1_000,
        Model = model,
        Degree = 4,
        Tasks = 100,
        WallMs = wallMs,
        CpuMs = null,
        GarbageCollections = null,
        AllocatedBytes = null,
        Hosts = 1,
        Threads = 1,
        Checksum = "0",
        Failed = 0,
        Retried = 0,
    };

    /// <summary>The use of one execution on one instance.</summary>
    /// <param name="ms">How long it took.</param>
    /// <param name="memoryMB">Its memory; null where not known.</param>
    public static RunUse Execution(double ms, double? memoryMB = null) => new()
    {
        Tasks = 100,
        Executions = 1,
        Instances = 1,
        InstanceMs = ms,
        ExecutionMs = ms,
        MemoryBytes = memoryMB * 1_024 * 1_024,
    };
}
