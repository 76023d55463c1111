using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Analysis;

/// <summary>
/// Everything that an experiment compares, as one family: each model with the baseline, and of models that may be recommended each with each
/// other. The p-values are corrected for all of them, and for how often they were looked at before.
/// </summary>
internal sealed class PairwiseComparisons
{
    private readonly Dictionary<(string Workload, long Size, string Model, string Reference), (double PValue, double Adjusted)> _pairs = [];

    /// <param name="valid">The valid runs.</param>
    /// <param name="looks">How often it is looked at whether the experiment may end by what it shows; 1 or more.</param>
    public PairwiseComparisons(IReadOnlyList<RunResult> valid, int looks)
    {
        List<((string, long, string, string) Key, double[] LogRatios)> pairs = [.. valid.GroupBy(run => (run.Workload, run.Size)).SelectMany(Pairs)];
        // Each look has an equal part of the 5 %, so that all together are wrong no more often (Pocock, "Group sequential methods in the design and
        // analysis of clinical trials", Biometrika 64, 1977, with the bound of Bonferroni, which is on the safe side).
        Level = Decision.Level / (Math.Max(1, pairs.Count) * looks);
        double[] pValues = [.. pairs.Select(pair => RunComparison.PValueOf(pair.LogRatios, pairs.Count * looks))];
        foreach (((var pair, double pValue), double adjusted) in pairs.Zip(pValues).Zip(HolmCorrection.Adjust(pValues)))
            _pairs[pair.Key] = (pValue, Math.Min(1, adjusted * looks));
    }

    /// <summary>The level at which a single comparison is wrong so seldom that all together are wrong in 5 % of experiments.</summary>
    public double Level { get; }

    /// <returns>The p-values; null where the two have no round in common, or are not compared.</returns>
    public (double PValue, double Adjusted)? Of(string workload, long size, string model, string reference) =>
        _pairs.TryGetValue((workload, size, model, reference), out var found) || _pairs.TryGetValue((workload, size, reference, model), out found)
            ? found
            : null;

    private static IEnumerable<((string, long, string, string), double[])> Pairs(IGrouping<(string Workload, long Size), RunResult> workload)
    {
        RunResult[][] models = [.. workload.GroupBy(run => run.Model).Select(model => model.ToArray())];
        for (int later = 1; later < models.Length; later++)
        {
            for (int earlier = 0; earlier < later; earlier++)
            {
                string[] ids = [models[later][0].Model, models[earlier][0].Model];
                if (!ids.Contains(SequentialModel.ModelId) && Array.Exists(ids, id => KnownModels.Get(id).IsDemonstration))
                    continue;
                double[] logRatios = PairedRounds.LogRatios(models[later], models[earlier]);
                if (logRatios.Length > 0)
                    yield return ((workload.Key.Workload, workload.Key.Size, ids[0], ids[1]), logRatios);
            }
        }
    }
}
