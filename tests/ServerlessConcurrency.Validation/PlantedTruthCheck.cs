using MathNet.Numerics.Statistics;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Experiments;
using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Validation;

/// <summary>Tasks with 5, 10 and 20 % more work than those of the reference: the ratio that comes out is known.</summary>
internal sealed class PlantedTruthCheck : Check
{
    private const int Trials = 60;
    private const int Rounds = 12;
    private const double Bound = 0.9;
    private const double LargestError = 0.01;
    private const string Plain = "plain";

    private static readonly (string Label, double Factor)[] Slowed = [("slowed-5", 1.05), ("slowed-10", 1.1), ("slowed-20", 1.2)];

    public override string Name => "planted";

    public override string Subject => "work slowed by a known factor";

    public override async Task<IReadOnlyList<Outcome>> RunAsync(long seed, IProgress<string> progress)
    {
        await using var laboratory = new Laboratory(
        [
            new DelegatingModel(Plain, new SequentialModel()),
            .. Slowed.Select(slowed => new SlowedModel(slowed.Label, new SequentialModel(), slowed.Factor)),
        ]);
        var compared = new List<(string Label, double Factor, RunComparison Comparison)>();
        for (int trial = 0; trial < Trials; trial++)
        {
            IReadOnlyList<RunResult> runs = await laboratory.RunAsync(new ExperimentSpec
            {
                // Some 40 ms, so that the fraction of a ms that any run takes beside its tasks leaves the ratio as it is planted.
                Workloads = [new WorkloadSpec(StepsWorkload.Id, 4_000_000, 8)],
                Models = [Plain, .. Slowed.Select(slowed => slowed.Label)],
                Rounds = Rounds,
                WarmupRounds = trial == 0 ? 1 : 0,
                Seed = seed + trial,
            });
            compared.AddRange(Slowed.Select(slowed => (slowed.Label, slowed.Factor, RunComparison.Of(
                [.. runs.Where(run => run.Model == slowed.Label)], [.. runs.Where(run => run.Model == Plain)], seed + trial)!)));
            if ((trial + 1) % 10 == 0)
                progress.Report($"{trial + 1} of {Trials} trials");
        }

        return [.. Slowed.SelectMany(slowed => Judge(slowed, [.. compared.Where(entry => entry.Label == slowed.Label).Select(entry => entry.Comparison)]))];
    }

    private static IEnumerable<Outcome> Judge((string Label, double Factor) slowed, RunComparison[] comparisons)
    {
        string what = FormattableString.Invariant($"slowed by {slowed.Factor - 1:0%}");
        int covered = comparisons.Count(comparison => comparison.Speedup.Low <= 1 / slowed.Factor && 1 / slowed.Factor <= comparison.Speedup.High);
        int detected = comparisons.Count(comparison => Decision.On(comparison.Speedup, comparison.PValue) == Verdict.Slower);
        double error = comparisons.Select(comparison => comparison.Speedup.Estimate * slowed.Factor).Median() - 1;
        yield return new Outcome(
            $"{what}: median error of the estimates",
            FormattableString.Invariant($"at most {LargestError:0%}"),
            FormattableString.Invariant($"{error:+0.00%;-0.00%}"),
            Math.Abs(error) <= LargestError);
        yield return Outcome.AtLeast($"{what}: intervals that cover the truth", Bound, covered, comparisons.Length);
        yield return slowed.Factor < 1.1
            ? new Outcome($"{what}: called slower", "(for information)", FormattableString.Invariant($"{(double)detected / comparisons.Length:0.0%}"), true)
            : Outcome.AtLeast($"{what}: called slower", Bound, detected, comparisons.Length);
    }
}
