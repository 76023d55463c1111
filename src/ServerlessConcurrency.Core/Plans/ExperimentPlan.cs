using System.Globalization;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.OwnCode;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Plans;

/// <summary>
/// The ordered runs of an experiment: a pure function of the spec and of what the engine resolves it against. Every round has
/// every workload under every model once, in an order of its own that depends on the seed alone. Two versions of a workload follow one another,
/// either first as often as not, so that what else the machine does meets both.
/// </summary>
public sealed class ExperimentPlan
{
    private readonly ExperimentSpec _spec;
    private readonly List<(WorkloadSpec Workload, WorkloadNature Nature, string Model, int Degree, int InFlight)> _runs = [];

    /// <param name="spec">A validated spec.</param>
    /// <param name="processors">How many processors the program may use.</param>
    /// <exception cref="KeyNotFoundException">The spec names a workload or model that the engine does not have.</exception>
    public ExperimentPlan(ExperimentSpec spec, WorkloadCatalog workloads, IReadOnlyList<ModelTraits> models, int processors)
    {
        _spec = spec;
        foreach (WorkloadSpec workload in spec.Workloads)
        {
            WorkloadNature nature = workload.Nature ?? workloads.Get(workload.Kind).Nature;
            foreach (ModelTraits model in spec.Models.Select(id => Find(models, id)))
            {
                int degree = spec.Degree is { } requested
                    ? model.EffectiveDegree(requested, workload.Tasks, spec.InFlight)
                    : model.DefaultDegree(nature, workload.Tasks, processors, spec.InFlight);
                _runs.Add((workload, nature, model.Id, degree, model.InFlight(nature, workload.Tasks, degree, spec.InFlight)));
            }
        }
    }

    public int RunsPerRound => _runs.Count;

    /// <summary>How many runs the plan has, warm-up included, if no round is added for precision.</summary>
    public int PlannedRuns => _spec.Steps;

    /// <param name="round">The round, from 1.</param>
    public IReadOnlyList<PlannedRun> WarmupRound(int round) => Shuffle(round, isWarmup: true);

    /// <param name="round">The round, from 1.</param>
    public IReadOnlyList<PlannedRun> MeasuredRound(int round) => Shuffle(round, isWarmup: false);

    private static ModelTraits Find(IReadOnlyList<ModelTraits> models, string id) =>
        models.FirstOrDefault(model => model.Id == id) ?? throw new KeyNotFoundException(
            $"unknown model '{id}'; known: {string.Join(", ", models.Select(model => model.Id))}");

    // Fisher-Yates, with numbers that are the same on every platform and in every version of .NET.
    private List<PlannedRun> Shuffle(int round, bool isWarmup)
    {
        int[] order = [.. Enumerable.Range(0, _runs.Count)];
        ulong state = Checksum.Mix(Checksum.Mix((ulong)_spec.Seed) + ((ulong)round * 2) + (isWarmup ? 1UL : 0));
        for (int last = order.Length - 1; last > 0; last--)
        {
            state = Checksum.Mix(state);
            int other = (int)(state % (ulong)(last + 1));
            (order[last], order[other]) = (order[other], order[last]);
        }

        order = [.. order.GroupBy(VersionlessKind).SelectMany(versions => versions)];
        char kind = isWarmup ? 'w' : 'r';
        return
        [
            .. order.Select((run, place) => new PlannedRun(
                string.Create(CultureInfo.InvariantCulture, $"{kind}{round:D4}-{place + 1:D3}"),
                round,
                isWarmup,
                _runs[run].Workload,
                _runs[run].Model,
                _runs[run].Degree)
            {
                Nature = _runs[run].Nature,
                InFlight = _runs[run].InFlight,
            }),
        ];
    }

    private (string Kind, long Size, int Tasks, string Model) VersionlessKind(int run)
    {
        (WorkloadSpec workload, _, string model, _, _) = _runs[run];
        return (EarlierVersion.NewerOf(workload.Kind) ?? workload.Kind, workload.Size, workload.Tasks, model);
    }
}
