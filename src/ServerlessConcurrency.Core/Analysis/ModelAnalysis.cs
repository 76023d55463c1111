using System.Text.Json.Serialization;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Analysis;

/// <summary>What the measured rounds say of one workload, size and model.</summary>
public sealed record ModelAnalysis
{
    public required string Workload { get; init; }

    public required long Size { get; init; }

    public required string Model { get; init; }

    /// <summary>How many threads, processes or hosts worked at once.</summary>
    public required int Degree { get; init; }

    /// <summary>How many valid runs the figures rest on.</summary>
    public required int Rounds { get; init; }

    public required double MedianMs { get; init; }

    /// <summary>The lower end of the 95 % confidence interval of the median, in ms.</summary>
    public required double CiLowMs { get; init; }

    /// <summary>The upper end of the 95 % confidence interval of the median, in ms.</summary>
    public required double CiHighMs { get; init; }

    /// <summary>How often a run was repeated within its round, the median over rounds.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>The ids of runs that lie far from the others; they are part of every figure.</summary>
    public IReadOnlyList<string> Outliers { get; init; } = [];

    /// <summary>How many times as fast as the baseline, the median over paired rounds; null without a baseline.</summary>
    public double? Speedup { get; init; }

    /// <summary>The lower end of the bootstrap interval of the speed-up: 95 %, with fewer than 6 rounds less.</summary>
    public double? SpeedupLow { get; init; }

    /// <summary>The upper end of the bootstrap interval of the speed-up: 95 %, with fewer than 6 rounds less.</summary>
    public double? SpeedupHigh { get; init; }

    /// <summary>The speed-up divided by the degree; null without a baseline.</summary>
    public double? Efficiency { get; init; }

    /// <summary>The two-sided p-value of the paired rounds against the baseline, see <see cref="RunComparison"/>; null without a baseline.</summary>
    public double? PValue { get; init; }

    /// <summary>
    /// The p-value corrected for the number of comparisons of the experiment, of each model with the baseline and of models with each other (Holm's
    /// method), and for how often it might have ended by what it showed; null without a baseline.
    /// </summary>
    public double? AdjustedPValue { get; init; }

    /// <summary>
    /// Cliff's delta against the baseline: 1 where every run is faster than every run of the baseline, -1 where every one is slower;
    /// null without a baseline.
    /// </summary>
    public double? EffectSize { get; init; }

    /// <summary>The comparison with the baseline; null without a baseline.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>The median processor time of a run, in ms; null where hosts do not report it.</summary>
    public required double? CpuMs { get; init; }

    /// <summary>
    /// Cost of sustained work, run after run without a pause, in US dollars per million tasks, by plan: instances are in use all the time, so that no
    /// minimum of a single use counts. Empty until prices are known.
    /// </summary>
    public IReadOnlyDictionary<string, double> CostPerMillionTasks { get; init; } = new Dictionary<string, double>();

    /// <summary>
    /// Cost of sporadic work, each run an invocation of its own, in US dollars per million tasks, by plan: the least that a use of an instance is
    /// billed, and rounding, included; without plans that are paid for while nothing runs. Empty until prices are known.
    /// </summary>
    public IReadOnlyDictionary<string, double> SporadicCostPerMillionTasks { get; init; } = new Dictionary<string, double>();

    /// <summary>Actions of the Durable Task Scheduler for each task, the median over valid runs; null where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? SchedulerActionsPerTask { get; init; }

    internal RunKind Kind => new(Workload, Size, Model);
}
