using System.Collections.Concurrent;
using MathNet.Numerics.Distributions;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Validation;

/// <summary>
/// The recommendation, put to the test with simulated times of which the truth is known: one model, drawn at random, is the fastest, and all
/// others are slower by a given part. Each round has a speed of its own (5 %) and each run noise of its own. Rounds go on as in an experiment
/// until it is decided. Two experiments of each truth are made, to see whether they name the same model.
/// </summary>
internal sealed class RecommendationCheck : Check
{
    private const int Trials = 200;
    private const double Wrong = 0.05;
    private const double Same = 0.95;
    private const double Decided = 0.9;

    private static readonly string[] Models =
    [
        .. KnownModels.All.Where(model => !model.IsDemonstration && model.Id != EventLoopModel.ModelId).Select(model => model.Id), "another", "yet-another",
    ];

    public override string Name => "recommendation";

    public override string Subject => "recommendations of simulated times";

    public override Task<IReadOnlyList<Outcome>> RunAsync(long seed, IProgress<string> progress)
    {
        var cells = new List<Cell>();
        foreach (double noise in new[] { 0.03, 0.05, 0.1 })
        {
            foreach (double difference in new[] { 0, 0.02, 0.05, 0.1, 0.5 })
            {
                foreach (int models in new[] { 2, 5, 10 })
                    cells.Add(Judge(new Design(models, difference, noise), seed));
                cells.TakeLast(3).ToList().ForEach(cell => progress.Report(cell.ToString()));
            }
        }

        var outcomes = new List<Outcome>();
        foreach (Cell cell in cells)
        {
            outcomes.Add(Outcome.AtMost($"{cell.Design}: a model that is slower by more than 3 % recommended", Wrong, cell.Wrong, 2 * Trials));
            outcomes.Add(Outcome.AtLeast($"{cell.Design}: two experiments name the same", Same, cell.Same, Trials));
            outcomes.Add(Outcome.AtLeast($"{cell.Design}: decided, after {cell.Rounds:0} rounds on average", Decided, cell.Decided, 2 * Trials));
        }

        return Task.FromResult<IReadOnlyList<Outcome>>(outcomes);
    }

    private static Cell Judge(Design design, long seed)
    {
        var trials = new ConcurrentBag<(Trial One, Trial Other, int Fastest)>();
        Parallel.For(0, Trials, trial =>
        {
            int fastest = new Random((int)((seed + trial) & int.MaxValue)).Next(design.Models);
            trials.Add((Experiment(design, fastest, seed + trial), Experiment(design, fastest, seed + trial + 1_000_000), fastest));
        });
        bool IsWrong(Trial trial, int fastest) => design.Difference > Decision.EquivalenceMargin && trial.Model is not null && trial.Model != Models[fastest];
        return new Cell(
            design,
            Wrong: trials.Sum(trial => (IsWrong(trial.One, trial.Fastest) ? 1 : 0) + (IsWrong(trial.Other, trial.Fastest) ? 1 : 0)),
            WrongAndDecided: trials.Sum(trial => (trial.One.IsDecided && IsWrong(trial.One, trial.Fastest) ? 1 : 0) + (trial.Other.IsDecided && IsWrong(trial.Other, trial.Fastest) ? 1 : 0)),
            Same: trials.Count(trial => trial.One.Model == trial.Other.Model),
            Decided: trials.Sum(trial => (trial.One.IsDecided ? 1 : 0) + (trial.Other.IsDecided ? 1 : 0)),
            Rounds: trials.Average(trial => (trial.One.Rounds + trial.Other.Rounds) / 2.0));
    }

    private static Trial Experiment(Design design, int fastest, long seed)
    {
        var random = new Random((int)(seed * 7_919 & int.MaxValue));
        var spec = new ExperimentSpec { Workloads = [], Models = Models[..design.Models], UntilDecided = true, MaxRounds = 100, Seed = seed };
        var runs = new List<RunResult>();
        int round = 1;
        for (; ; round++)
        {
            RoundDecision decision = StoppingRule.Decide(spec, round, TimeSpan.Zero);
            if (decision == RoundDecision.NotNeeded || (decision == RoundDecision.UnlessEnough && Evidence.LookAt(spec, runs).IsEnough))
                break;
            double speed = 100 * Math.Exp(0.05 * Gauss(random));
            for (int model = 0; model < design.Models; model++)
                runs.Add(SimulatedRun.Of(Models[model], round, (model == fastest ? 1 : 1 + design.Difference) * speed * Math.Exp(design.Noise * Gauss(random))));
        }

        int looks = StoppingRule.LooksOf(spec);
        Recommendation recommendation = Recommender.Recommend(ExperimentAnalyzer.Analyze(runs, seed, looks), runs, seed, looks).Single();
        return new Trial(recommendation.Model, recommendation.IsDecided, round - 1);
    }

    private static double Gauss(Random random) => Normal.InvCDF(0, 1, 1 - random.NextDouble());

    private sealed record Design(int Models, double Difference, double Noise)
    {
        public override string ToString() => FormattableString.Invariant($"{Models} models, {Difference:0%} apart, {Noise:0%} noise");
    }

    private sealed record Trial(string? Model, bool IsDecided, int Rounds);

    private sealed record Cell(Design Design, int Wrong, int WrongAndDecided, int Same, int Decided, double Rounds)
    {
        public override string ToString() => FormattableString.Invariant(
            $"{Design}: wrong {Wrong / (2.0 * Trials):0%} (decided {WrongAndDecided / (2.0 * Trials):0%}), same {Same / (double)Trials:0%}, decided {Decided / (2.0 * Trials):0%}, {Rounds:0} rounds");
    }
}
