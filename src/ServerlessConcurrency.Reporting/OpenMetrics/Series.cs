using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Reporting.OpenMetrics;

/// <summary>What is known of one workload, size and model: all that its runs were, summed up, and the analysis of them where there is one.</summary>
internal sealed class Series(string workload, long size, string model, int degree)
{
    public string Workload { get; } = workload;

    public long Size { get; } = size;

    public string Model { get; } = model;

    public int Degree { get; } = degree;

    public ModelAnalysis? Analysis { get; init; }

    public List<RunResult> Runs { get; } = [];

    public Histogram Duration { get; } = new();

    public Histogram QueueWait { get; } = new();

    public void Add(in TaskTiming timing)
    {
        // It never returned: when it began is not known.
        if (timing.Outcome == TaskOutcome.Lost)
            return;
        QueueWait.Add(timing.StartedMs - timing.QueuedMs);
        Duration.Add(timing.FinishedMs - timing.StartedMs);
    }

    /// <summary>A sum over all runs; null where one of them does not tell, or there are none.</summary>
    public double? Sum(Func<RunResult, double?> figure) => Runs.Count == 0 ? null : Runs.Select(figure).Aggregate((sum, value) => sum + value);
}
