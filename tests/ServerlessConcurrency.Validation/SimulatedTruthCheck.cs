using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Validation;

/// <summary>
/// The same with simulated times, which depend on the seed alone: each round has a speed of its own (5 %), each run noise of its own
/// (2 %), and one run in twenty is disturbed and takes up to half as long again. What is called is what the analysis of an experiment calls,
/// corrected for its comparisons; beside it, what the unpaired test would have called of the same times.
/// </summary>
internal sealed class SimulatedTruthCheck : Check
{
    private const int Trials = 1_000;
    private const int Families = 400;
    private const int Comparisons = 14;
    private const double Bound = 0.9;

    public override string Name => "simulated";

    public override string Subject => "simulated times";

    public override Task<IReadOnlyList<Outcome>> RunAsync(long seed, IProgress<string> progress)
    {
        var random = new Random((int)(seed & int.MaxValue));
        var outcomes = new List<Outcome>();
        foreach (int rounds in new[] { new ExperimentSpec { Workloads = [], Models = [] }.Rounds, 12 })
        {
            foreach (double factor in new[] { 1.0, 1.05, 1.1, 1.2 })
                outcomes.AddRange(Judge(random, new Design(rounds, factor, DriftPerRound: 0), seed));
            outcomes.AddRange(Judge(random, new Design(rounds, 1.1, DriftPerRound: 0.03), seed));
            outcomes.AddRange(JudgeFamilies(random, rounds, seed));
            progress.Report($"{rounds} rounds");
        }

        return Task.FromResult<IReadOnlyList<Outcome>>(outcomes);
    }

    private static IEnumerable<Outcome> Judge(Random random, Design design, long seed)
    {
        Trial[] trials = [.. Enumerable.Range(0, Trials).Select(trial => Trial.Of(Simulate(random, design, models: 1), seed + trial))];
        double truth = 1 / design.Factor;
        yield return Outcome.AtLeast(
            $"{design}: intervals that cover the truth", Bound, trials.Count(trial => trial.Model.SpeedupLow <= truth && truth <= trial.Model.SpeedupHigh), Trials);
        int called = trials.Count(trial => trial.Model.Verdict is Verdict.Faster or Verdict.Slower);
        string what = design.Factor == 1 ? $"{design}: differences called" : $"{design}: called slower";
        yield return design.Factor == 1 ? Outcome.AtMost(what, Decision.Level, called, Trials)
            : design is { Factor: >= 1.1, Rounds: >= 12 } ? Outcome.AtLeast(what, Bound, called, Trials)
            : Outcome.Information(what, called, Trials);
        yield return Outcome.Information($"{design}: the same by the unpaired test", trials.Count(trial => trial.Unpaired is Verdict.Faster or Verdict.Slower), Trials);
    }

    private static IEnumerable<Outcome> JudgeFamilies(Random random, int rounds, long seed)
    {
        var design = new Design(rounds, 1, DriftPerRound: 0);
        int wrong = Enumerable.Range(0, Families).Count(trial =>
            ExperimentAnalyzer.Analyze(Simulate(random, design, Comparisons), seed + trial).Any(model => model.Verdict is Verdict.Faster or Verdict.Slower));
        yield return Outcome.AtMost($"{design}, {Comparisons} comparisons: experiments with a difference called", Decision.Level, wrong, Families);
        int called = Enumerable.Range(0, Families).Sum(trial => ExperimentAnalyzer
            .Analyze(Simulate(random, design with { Factor = 1.1 }, Comparisons), seed + trial).Count(model => model.Verdict == Verdict.Slower));
        yield return Outcome.Information($"{design with { Factor = 1.1 }}, {Comparisons} comparisons: called slower", called, Families * Comparisons);
    }

    private static RunResult[] Simulate(Random random, Design design, int models)
    {
        var runs = new List<RunResult>();
        for (int round = 1; round <= design.Rounds; round++)
        {
            double speed = 100 * (1 + (design.DriftPerRound * (round - 1))) * SimulatedRun.Noise(random, 0.05);
            runs.Add(SimulatedRun.Of(SequentialModel.ModelId, round, Time(random, speed)));
            for (int model = 0; model < models; model++)
                runs.Add(SimulatedRun.Of($"model-{model}", round, Time(random, design.Factor * speed)));
        }

        return [.. runs];
    }

    private static double Time(Random random, double undisturbed)
    {
        double time = undisturbed * SimulatedRun.Noise(random, 0.02);
        return random.NextDouble() < 0.05 ? time * (1 + (random.NextDouble() / 2)) : time;
    }

    private sealed record Design(int Rounds, double Factor, double DriftPerRound)
    {
        public override string ToString() => FormattableString.Invariant($"{Rounds} rounds, ")
            + (Factor == 1 ? "equal" : FormattableString.Invariant($"slowed by {Factor - 1:0%}"))
            + (DriftPerRound == 0 ? "" : FormattableString.Invariant($", drift of {DriftPerRound:0%} a round"));
    }

    private sealed record Trial(ModelAnalysis Model, Verdict Unpaired)
    {
        public static Trial Of(RunResult[] runs, long seed)
        {
            ModelAnalysis model = ExperimentAnalyzer.Analyze(runs, seed).Single(analysis => analysis.Verdict != Verdict.Baseline);
            ILookup<bool, double> times = runs.ToLookup(run => run.Model == SequentialModel.ModelId, run => run.WallMs);
            var speedup = new ConfidenceInterval(model.Speedup!.Value, model.SpeedupLow!.Value, model.SpeedupHigh!.Value, BootstrapInterval.Coverage);
            return new Trial(model, Decision.On(speedup, MannWhitney.PValue([.. times[false]], [.. times[true]])));
        }
    }
}
