namespace ServerlessConcurrency.Core.Sweeps;

/// <summary>What a fit says of a degree far beyond those that were measured: a guess, and no measurement.</summary>
public sealed record ScalabilityExtrapolation
{
    /// <summary>The most instances that Flex Consumption scales out to (Microsoft Learn, "Azure Functions Flex Consumption plan hosting").</summary>
    public const int MostInstances = 1_000;

    public int Degree { get; init; } = MostInstances;

    /// <summary>The largest degree that was measured: everything beyond is extrapolated.</summary>
    public required long LargestMeasured { get; init; }

    /// <summary>How many times the throughput of degree 1, with its 95 % bootstrap interval.</summary>
    public required FittedParameter Speedup { get; init; }

    /// <summary>What to make of it.</summary>
    public required string Remark { get; init; }
}
