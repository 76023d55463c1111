using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Core.Sweeps;

/// <summary>The valid runs of one workload in the experiments of a sweep.</summary>
internal sealed class SweepMeasurements
{
    private readonly Dictionary<(string Model, long Value), RunResult[]> _runs = [];

    /// <param name="experiments">The experiments by ascending value; one or more.</param>
    public SweepMeasurements(SweepVariable over, int workloadIndex, IReadOnlyList<(long Value, ExperimentDocument Document)> experiments)
    {
        ExperimentSpec spec = experiments[0].Document.Spec;
        Over = over;
        Kind = spec.Workloads[workloadIndex].Kind;
        Size = over == SweepVariable.Size ? null : spec.Workloads[workloadIndex].Size;
        Seed = spec.Seed;
        Models = spec.Models;
        Values = [.. experiments.Select(experiment => experiment.Value)];
        foreach ((long value, ExperimentDocument document) in experiments)
        {
            WorkloadSpec workload = document.Spec.Workloads[workloadIndex];
            foreach (IGrouping<string, RunResult> runs in document.Runs
                .Where(run => run.IsValid && run.Workload == workload.Kind && run.Size == workload.Size)
                .GroupBy(run => run.Model))
                _runs[(runs.Key, value)] = [.. runs];
        }
    }

    public SweepVariable Over { get; }

    public string Kind { get; }

    public long? Size { get; }

    public long Seed { get; }

    public IReadOnlyList<string> Models { get; }

    /// <summary>The measured values, ascending.</summary>
    public IReadOnlyList<long> Values { get; }

    public IReadOnlyList<RunResult> Runs(string model, long value) => _runs.GetValueOrDefault((model, value)) ?? [];

    /// <summary>The runs of a model at a value, each with that of another model in the same round; rounds without one are left out.</summary>
    public IEnumerable<(RunResult Run, RunResult Reference)> Paired(string model, string reference, long value) =>
        from run in Runs(model, value)
        join other in Runs(reference, value) on run.Round equals other.Round
        select (run, other);

    /// <summary>By value, how many times as fast as another model a model was in each round that has both, as logarithms.</summary>
    public IReadOnlyList<(long Value, double[] LogRatios)> LogRatios(string model, string reference) =>
    [
        .. Values
            .Select(value => (value, (double[])[.. PairedRounds.Ratios(Runs(model, value), Runs(reference, value)).Select(ratio => Math.Log(ratio))]))
            .Where(point => point.Item2.Length > 0),
    ];
}
