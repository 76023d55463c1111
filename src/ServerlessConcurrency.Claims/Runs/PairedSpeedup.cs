using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Claims.Runs;

/// <summary>How many times as fast one way is as another: the median over rounds in which both were measured, with its interval.</summary>
internal static class PairedSpeedup
{
    /// <summary>The speed-up of a model over <c>sequential</c>.</summary>
    /// <returns>The speed-up with its 95 % bootstrap interval.</returns>
    public static ConfidenceInterval Of(ExperimentDocument document, string model) => RunComparison.Of(
        [.. document.Runs.Where(run => run.Model == model)],
        [.. document.Runs.Where(run => run.Model == SequentialModel.ModelId)],
        document.Spec.Seed)!.Speedup;

    /// <summary>The speed-up of times over reference times of the same rounds.</summary>
    /// <param name="reference">The reference's time of the same round.</param>
    /// <returns>The speed-up with its 95 % bootstrap interval.</returns>
    public static ConfidenceInterval Of(IReadOnlyList<double> times, IReadOnlyList<double> reference, long seed) =>
        BootstrapInterval.OfMedian([.. reference.Zip(times, (slow, fast) => slow / fast)], seed);
}
