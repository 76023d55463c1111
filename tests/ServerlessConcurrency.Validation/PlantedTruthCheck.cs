using MathNet.Numerics.Statistics;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Validation;

/// <summary>Tasks with 5, 10 and 20 % more work than those of the reference: the ratio that comes out is known.</summary>
internal sealed class PlantedTruthCheck : Check
{
    private const int Trials = 60;
    private const int Rounds = 12;
    private const double Bound = 0.9;
    private const double LargestError = 0.01;

    private static readonly (string Label, double Factor)[] Slowed = [("slowed-5", 1.05), ("slowed-10", 1.1), ("slowed-20", 1.2)];

    public override string Name => "planted";

    public override string Subject => "work slowed by a known factor";

    public override async Task<IReadOnlyList<Outcome>> RunAsync(long seed, IProgress<string> progress)
    {
        await using var laboratory = new Laboratory(
        [
            new SequentialModel(),
            .. Slowed.Select(slowed => new SlowedModel(slowed.Label, new SequentialModel(), slowed.Factor)),
        ]);
        var analyses = new List<ModelAnalysis>();
        for (int trial = 0; trial < Trials; trial++)
        {
            IReadOnlyList<RunResult> runs = await laboratory.RunAsync(new ExperimentSpec
            {
                // Some 40 ms, so that the fraction of a ms that any run takes beside its tasks leaves the ratio as it is planted.
                Workloads = [new WorkloadSpec(StepsWorkload.Id, 4_000_000, 8)],
                Models = [SequentialModel.ModelId, .. Slowed.Select(slowed => slowed.Label)],
                Rounds = Rounds,
                WarmupRounds = trial == 0 ? 1 : 0,
                Seed = seed + trial,
            });
            // As in any experiment: paired by round, and corrected for the number of comparisons.
            analyses.AddRange(ExperimentAnalyzer.Analyze(runs, seed + trial));
            if ((trial + 1) % 10 == 0)
                progress.Report($"{trial + 1} of {Trials} trials");
        }

        return [.. Slowed.SelectMany(slowed => Judge(slowed.Factor, [.. analyses.Where(analysis => analysis.Model == slowed.Label)]))];
    }

    private static IEnumerable<Outcome> Judge(double factor, ModelAnalysis[] analyses)
    {
        string what = FormattableString.Invariant($"{Rounds} rounds, slowed by {factor - 1:0%}");
        int covered = analyses.Count(analysis => analysis.SpeedupLow <= 1 / factor && 1 / factor <= analysis.SpeedupHigh);
        int detected = analyses.Count(analysis => analysis.Verdict == Verdict.Slower);
        double error = analyses.Select(analysis => analysis.Speedup!.Value * factor).Median() - 1;
        yield return new Outcome(
            $"{what}: median error of the estimates",
            FormattableString.Invariant($"at most {LargestError:0%}"),
            FormattableString.Invariant($"{Math.Round(error, 4):+0.00%;-0.00%;0.00%}"),
            Math.Abs(error) <= LargestError);
        yield return Outcome.AtLeast($"{what}: intervals that cover the truth", Bound, covered, analyses.Length);
        yield return factor < 1.1
            ? new Outcome($"{what}: called slower", "(for information)", FormattableString.Invariant($"{(double)detected / analyses.Length:0.0%}"), true)
            : Outcome.AtLeast($"{what}: called slower", Bound, detected, analyses.Length);
    }
}
