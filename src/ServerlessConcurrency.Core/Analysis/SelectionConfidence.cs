using MathNet.Numerics.Statistics;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Analysis;

/// <summary>
/// How often each model would have come out fastest had the rounds been others: whole rounds are drawn with replacement (the bootstrap of
/// <see cref="BootstrapInterval"/>), so that what the models of a round have in common stays together.
/// </summary>
internal static class SelectionConfidence
{
    /// <param name="models">The valid runs of each candidate.</param>
    /// <returns>
    /// For each candidate the part of the resamples in which its median was the lowest or equivalent to it; null where fewer than two
    /// rounds have a run of every candidate.
    /// </returns>
    public static double[]? Of(IReadOnlyList<IReadOnlyList<RunResult>> models, long seed)
    {
        int[] rounds = [.. models.Select(runs => runs.Select(run => run.Round)).Aggregate((common, more) => common.Intersect(more))];
        if (rounds.Length < 2)
            return null;
        double[][] times = [.. models.Select(runs => rounds.Select(round => runs.First(run => run.Round == round).WallMs).ToArray())];
        var drawing = new SeededSampling(seed);
        var fastest = new int[models.Count];
        double[] medians = new double[models.Count];
        double[] drawn = new double[rounds.Length];
        int[] draw = new int[rounds.Length];
        for (int resample = 0; resample < BootstrapInterval.Resamples; resample++)
        {
            for (int index = 0; index < draw.Length; index++)
                draw[index] = drawing.Next(rounds.Length);
            for (int model = 0; model < medians.Length; model++)
            {
                for (int index = 0; index < draw.Length; index++)
                    drawn[index] = times[model][draw[index]];
                medians[model] = ArrayStatistics.MedianInplace(drawn);
            }

            double bound = medians.Min() * (1 + Decision.EquivalenceMargin);
            for (int model = 0; model < medians.Length; model++)
                fastest[model] += medians[model] <= bound ? 1 : 0;
        }

        return [.. fastest.Select(count => (double)count / BootstrapInterval.Resamples)];
    }
}
