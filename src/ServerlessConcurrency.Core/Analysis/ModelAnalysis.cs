namespace ServerlessConcurrency.Core.Analysis;

/// <summary>What the measured rounds say of one workload, size and model.</summary>
public sealed record ModelAnalysis
{
    /// <summary>The workload's kind.</summary>
    public required string Workload { get; init; }

    /// <summary>The size of each task, in the workload's unit.</summary>
    public required long Size { get; init; }

    /// <summary>The concurrency model's id.</summary>
    public required string Model { get; init; }

    /// <summary>How many threads, processes or hosts worked at once.</summary>
    public required int Degree { get; init; }

    /// <summary>How many valid runs the figures rest on.</summary>
    public required int Rounds { get; init; }

    /// <summary>The median wall time of a run, in ms.</summary>
    public required double MedianMs { get; init; }

    /// <summary>The lower end of the 95 % confidence interval of the median, in ms.</summary>
    public required double CiLowMs { get; init; }

    /// <summary>The upper end of the 95 % confidence interval of the median, in ms.</summary>
    public required double CiHighMs { get; init; }

    /// <summary>How many times faster than the baseline, the median over paired rounds; null without a baseline.</summary>
    public double? Speedup { get; init; }

    /// <summary>The lower end of the 95 % confidence interval of the speed-up.</summary>
    public double? SpeedupLow { get; init; }

    /// <summary>The upper end of the 95 % confidence interval of the speed-up.</summary>
    public double? SpeedupHigh { get; init; }

    /// <summary>The speed-up divided by the degree; null without a baseline.</summary>
    public double? Efficiency { get; init; }

    /// <summary>The two-sided p-value of the Mann-Whitney U test against the baseline; null without a baseline.</summary>
    public double? PValue { get; init; }

    /// <summary>The comparison with the baseline; null without a baseline.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>The median processor time of a run, in ms; null where hosts do not report it.</summary>
    public required double? CpuMs { get; init; }

    /// <summary>Cost in US dollars per million tasks, by plan; empty until prices are known.</summary>
    public IReadOnlyDictionary<string, double> CostPerMillionTasks { get; init; } = new Dictionary<string, double>();
}
