using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Validation;

/// <summary>A/A: <c>threads</c> compared with itself under two labels. Whatever difference is called is a false one.</summary>
internal sealed class SameModelCheck : Check
{
    private const int Comparisons = 200;
    private const int Rounds = 6;
    private const double Bound = 0.05;

    public override string Name => "a-a";

    public override string Subject => "threads against threads";

    public override async Task<IReadOnlyList<Outcome>> RunAsync(long seed, IProgress<string> progress)
    {
        string[] labels = ["threads-a", "threads-b"];
        await using var laboratory = new Laboratory(labels.Select(label => new DelegatingModel(label, new ThreadsModel())));
        var verdicts = new List<Verdict>(Comparisons);
        for (int comparison = 0; comparison < Comparisons; comparison++)
        {
            IReadOnlyList<RunResult> runs = await laboratory.RunAsync(new ExperimentSpec
            {
                Workloads = [new WorkloadSpec(StepsWorkload.Id, 2_000_000, 8)],
                Models = labels,
                Degree = 2,
                Rounds = Rounds,
                WarmupRounds = comparison == 0 ? 1 : 0,
                Seed = seed + comparison,
            });
            RunResult[] first = [.. runs.Where(run => run.Model == labels[0])];
            RunResult[] second = [.. runs.Where(run => run.Model == labels[1])];
            verdicts.Add(Decision.On(
                RunComparison.Of(first, second, seed + comparison)!.Speedup,
                RunComparison.PValueOf(PairedRounds.LogRatios(first, second), comparisons: 1)));
            if ((comparison + 1) % 20 == 0)
                progress.Report($"{comparison + 1} of {Comparisons} comparisons");
        }

        int called = verdicts.Count(verdict => verdict is Verdict.Faster or Verdict.Slower);
        int equal = verdicts.Count(verdict => verdict == Verdict.NoDifference);
        return
        [
            Outcome.AtMost($"{Rounds} rounds: differences called between equal models", Bound, called, Comparisons),
            new Outcome("of these comparisons, called no difference", "(for information)", $"{(double)equal / Comparisons:0.0%}", true),
        ];
    }
}
