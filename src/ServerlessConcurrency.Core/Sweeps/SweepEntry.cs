namespace ServerlessConcurrency.Core.Sweeps;

/// <summary>What one experiment of a sweep says of one workload and model.</summary>
public sealed record SweepEntry
{
    public required long Value { get; init; }

    public required string Workload { get; init; }

    public required long Size { get; init; }

    public required int Tasks { get; init; }

    public required string Model { get; init; }

    /// <summary>How many threads, processes or hosts worked at once.</summary>
    public required int Degree { get; init; }

    /// <summary>How many valid runs the figures rest on.</summary>
    public required int Rounds { get; init; }

    public required double MedianMs { get; init; }

    /// <summary>The lower end of the median's 95 % confidence interval, in ms.</summary>
    public required double CiLowMs { get; init; }

    /// <summary>The upper end of the median's 95 % confidence interval, in ms.</summary>
    public required double CiHighMs { get; init; }

    /// <summary>How many times as fast as <c>sequential</c> in the same experiment; null without it.</summary>
    public double? Speedup { get; init; }

    public double? SpeedupLow { get; init; }

    public double? SpeedupHigh { get; init; }

    /// <summary>Cost in US dollars per million tasks, by plan; may be empty.</summary>
    public IReadOnlyDictionary<string, double> CostPerMillionTasks { get; init; } = new Dictionary<string, double>();
}
