using MathNet.Numerics.Distributions;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Experiments;
using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Validation;

/// <summary>
/// The same with simulated times, which depend on the seed alone: each round has a speed of its own (5 %), each run noise of its own
/// (2 %), and one run in twenty is disturbed and takes up to half as long again. With the default number of rounds and with twice as
/// many, and as one comparison and as one of 14, for whose number each is corrected.
/// </summary>
internal sealed class SimulatedTruthCheck : Check
{
    private const int Trials = 1_000;
    private const int ManyComparisons = 14;
    private const int DefaultRounds = 6;
    private const int ManyRounds = 12;
    private const double LeastCovered = 0.9;
    private const double LeastDetected = 0.9;
    private const double MostFalse = 0.05;

    private static readonly double[] Factors = [1, 1.05, 1.1, 1.2];

    public override string Name => "simulated";

    public override string Subject => "simulated times";

    public override Task<IReadOnlyList<Outcome>> RunAsync(long seed, IProgress<string> progress)
    {
        var random = new Random((int)(seed & int.MaxValue));
        var outcomes = new List<Outcome>();
        foreach (int rounds in new[] { DefaultRounds, ManyRounds })
        {
            foreach (double factor in Factors)
                outcomes.AddRange(JudgeSingle(rounds, factor, seed, random));
            foreach (double factor in new[] { 1, 1.1 })
                outcomes.Add(JudgeMany(rounds, factor, seed, random));
            progress.Report($"{rounds} rounds");
        }

        return Task.FromResult<IReadOnlyList<Outcome>>(outcomes);
    }

    private static IEnumerable<Outcome> JudgeSingle(int rounds, double factor, long seed, Random random)
    {
        ModelAnalysis[] analyses = [.. Enumerable.Range(0, Trials).Select(trial => Analyze(rounds, factor, 1, random, seed + trial)[0])];
        string what = What(rounds, factor);
        yield return Outcome.AtLeast(
            $"{what}: intervals that cover the truth",
            LeastCovered,
            analyses.Count(analysis => analysis.SpeedupLow <= 1 / factor && 1 / factor <= analysis.SpeedupHigh),
            Trials);
        int called = analyses.Count(IsDifference);
        if (factor == 1)
            yield return Outcome.AtMost($"{what}: differences called", MostFalse, called, Trials);
        else
            yield return Detected($"{what}: called slower", called, Trials, isPromised: rounds == ManyRounds && factor >= 1.1);
    }

    private static Outcome JudgeMany(int rounds, double factor, long seed, Random random)
    {
        const int trials = Trials / ManyComparisons;
        ModelAnalysis[][] experiments = [.. Enumerable.Range(0, trials).Select(trial => Analyze(rounds, factor, ManyComparisons, random, seed + trial))];
        string what = $"{What(rounds, factor)}, {ManyComparisons} comparisons";
        return factor == 1
            ? Outcome.AtMost(
                $"{what}: experiments that call any difference",
                MostFalse,
                experiments.Count(comparisons => Array.Exists(comparisons, IsDifference)),
                trials)
            : Detected(
                $"{what}: called slower", experiments.Sum(comparisons => comparisons.Count(IsDifference)), trials * ManyComparisons, isPromised: false);
    }

    private static string What(int rounds, double factor) =>
        factor == 1 ? $"{rounds} rounds, equal" : FormattableString.Invariant($"{rounds} rounds, slowed by {factor - 1:0%}");

    private static bool IsDifference(ModelAnalysis analysis) => analysis.Verdict is Verdict.Faster or Verdict.Slower;

    private static Outcome Detected(string what, int called, int of, bool isPromised) => isPromised
        ? Outcome.AtLeast(what, LeastDetected, called, of)
        : new Outcome(what, "(for information)", FormattableString.Invariant($"{(double)called / of:0.0%}"), true);

    /// <summary>Simulates an experiment and analyses it as any other.</summary>
    /// <returns>The analyses of the models that are compared with the baseline.</returns>
    private static ModelAnalysis[] Analyze(int rounds, double factor, int models, Random random, long seed)
    {
        var runs = new List<RunResult>();
        for (int round = 1; round <= rounds; round++)
        {
            double speed = Math.Exp(0.05 * Gauss(random));
            runs.Add(SimulatedRun.Of(SequentialModel.ModelId, round, Time(random, 100 * speed)));
            for (int model = 0; model < models; model++)
                runs.Add(SimulatedRun.Of($"model-{model}", round, Time(random, 100 * factor * speed)));
        }

        return [.. ExperimentAnalyzer.Analyze(runs, seed).Where(analysis => analysis.Model != SequentialModel.ModelId)];
    }

    private static double Time(Random random, double undisturbed)
    {
        double time = undisturbed * Math.Exp(0.02 * Gauss(random));
        return random.NextDouble() < 0.05 ? time * (1 + (random.NextDouble() / 2)) : time;
    }

    private static double Gauss(Random random) => Normal.InvCDF(0, 1, 1 - random.NextDouble());
}
