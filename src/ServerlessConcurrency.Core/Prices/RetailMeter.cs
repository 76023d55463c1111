namespace ServerlessConcurrency.Core.Prices;

/// <summary>A meter of Azure's price list, as its retail prices API names it, and the figure that it is the price of.</summary>
/// <param name="Product">Its <c>productName</c>; null: any.</param>
/// <param name="Sku">Its <c>skuName</c>; null: any.</param>
/// <param name="Unit">What it counts, without how many, e.g. <c>GB Second</c>; empty where its <c>unitOfMeasure</c> is a number alone.</param>
/// <param name="PerFigure">How many of them the figure is the price of.</param>
public sealed record RetailMeter(PriceField Field, string Service, string? Product, string? Sku, string Name, string Unit, int PerFigure = 1)
{
    private const string Functions = "Functions";
    private const string Flex = "Flex Consumption";
    private const string OnDemand = "On Demand";
    private const string AlwaysReady = "Always Ready";
    private const string Storage = "Storage";
    private const string Blobs = "General Block Blob v2";
    private const string GigabyteSecond = "GB Second";
    private const int Million = 1_000_000;
    private const int TenThousand = 10_000;

    /// <summary>The meter of every price, in the order of a price file: pay as you go; storage with local redundancy, hot tier.</summary>
    public static IReadOnlyList<RetailMeter> All { get; } =
    [
        new(PriceField.FlexGigabyteSecond, Functions, Flex, OnDemand, "On Demand Execution Time", GigabyteSecond),
        new(PriceField.FlexMillionExecutions, Functions, Flex, OnDemand, "On Demand Total Executions", "", Million),
        new(PriceField.AlwaysReadyBaselineGigabyteSecond, Functions, Flex, AlwaysReady, "Always Ready Baseline", GigabyteSecond),
        new(PriceField.AlwaysReadyGigabyteSecond, Functions, Flex, AlwaysReady, "Always Ready Execution Time", GigabyteSecond),
        new(PriceField.AlwaysReadyMillionExecutions, Functions, Flex, AlwaysReady, "Always Ready Total Executions", "", Million),
        new(PriceField.ConsumptionGigabyteSecond, Functions, Functions, "Standard", "Standard Execution Time", GigabyteSecond),
        new(PriceField.ConsumptionMillionExecutions, Functions, Functions, "Standard", "Standard Total Executions", "", Million),
        new(PriceField.PremiumVcpuHour, Functions, "Premium Functions", "Premium", "Premium vCPU Duration", "Hour"),
        new(PriceField.PremiumGibibyteHour, Functions, "Premium Functions", "Premium", "Premium Memory Duration", "GiB Hour"),
        new(PriceField.QueueTransactions, Storage, "Queues v2", "Standard LRS", "LRS Class 1 Operations", "", TenThousand),
        new(PriceField.TableTransactions, Storage, "Tables", "Standard LRS", "Read Operations", "", TenThousand),
        new(PriceField.BlobWrites, Storage, Blobs, "Hot LRS", "Hot LRS Write Operations", "", TenThousand),
        new(PriceField.BlobReads, Storage, Blobs, "Hot LRS", "Hot Read Operations", "", TenThousand),
        new(PriceField.SchedulerMillionActions, "Durable Task Scheduler", null, null, "Consumption Action", "", Million),
    ];

    public override string ToString() => string.Join(", ", new[] { Service, Product, Sku, Name }.OfType<string>().Distinct());
}
