using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Experiments;

namespace ServerlessConcurrency.Cli.Rendering;

/// <summary>A row of the table: a model's statistics and the medians of what its runs used.</summary>
internal sealed class ResultRow
{
    public ResultRow(ModelAnalysis model, IEnumerable<RunResult> runs)
    {
        Model = model;
        RunResult[] valid =
        [
            .. runs.Where(run => run.IsValid
                && (run.Workload, run.Size, run.Model) == (model.Workload, model.Size, model.Model)),
        ];
        VoluntarySwitches = MedianOf(valid, run => run.ContextSwitches?.Voluntary);
        InvoluntarySwitches = MedianOf(valid, run => run.ContextSwitches?.Involuntary);
        PeakRssBytes = MedianOf(valid, run => run.PeakRssBytes);
        Hosts = valid.Select(run => run.Hosts).DefaultIfEmpty().Max();
    }

    public ModelAnalysis Model { get; }

    public double? VoluntarySwitches { get; }

    public double? InvoluntarySwitches { get; }

    public double? PeakRssBytes { get; }

    public int Hosts { get; }

    private static double? MedianOf(RunResult[] runs, Func<RunResult, long?> figure)
    {
        double[] known = [.. runs.Select(figure).OfType<long>().Select(value => (double)value)];
        return known.Length == 0 ? null : MedianInterval.Of(known).Estimate;
    }
}
