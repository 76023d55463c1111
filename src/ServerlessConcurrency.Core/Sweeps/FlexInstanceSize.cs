namespace ServerlessConcurrency.Core.Sweeps;

/// <summary>
/// A size of an instance of Azure Functions Flex Consumption and the processors that it typically has: Microsoft Learn, "Azure
/// Functions Flex Consumption plan hosting", section "Instance sizes"
/// (https://learn.microsoft.com/azure/azure-functions/flex-consumption-plan#instance-sizes).
/// </summary>
/// <param name="MemoryMegabytes">The memory, in MB.</param>
public sealed record FlexInstanceSize(int MemoryMegabytes, double Cores)
{
    /// <summary>Every size, ascending.</summary>
    public static IReadOnlyList<FlexInstanceSize> All { get; } = [new(512, 0.25), new(2_048, 1), new(4_096, 2)];

    /// <summary>What a reader of figures by cores should know.</summary>
    public const string Remark =
        "An instance of Azure Functions Flex Consumption typically has 0.25, 1 or 2 cores at 512, 2,048 or 4,096 MB (Microsoft Learn, "
        + "\"Azure Functions Flex Consumption plan hosting\", instance sizes): 1 core stands in for 2,048 MB, 2 cores for 4,096 MB. A "
        + "quarter of a core is a quota and no processor, so that 512 MB have no such stand-in; and a core of this machine need not be "
        + "as fast as one of Azure's.";

    /// <summary>The size for which so many cores stand in.</summary>
    /// <returns>The size; null if there is none.</returns>
    public static FlexInstanceSize? WithCores(long cores) => All.FirstOrDefault(size => size.Cores == cores);
}
