using System.Collections.Concurrent;
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
/// until it is decided, 100 at most. Promised is over all truths alike, as nobody knows which one is theirs. Two experiments of each truth are made, to see whether they name the same model.
/// </summary>
internal sealed class RecommendationCheck : Check
{
    private const int Trials = 100;
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
                foreach (Cell cell in cells.TakeLast(3))
                    progress.Report(cell.ToString());
            }
        }

        int experiments = 2 * Trials * cells.Count;
        var outcomes = new List<Outcome>
        {
            Outcome.AtMost("a model named that is slower by more than 3 %, decided or as a working choice", Wrong, cells.Sum(cell => cell.NamedWrongly), experiments),
            Outcome.AtMost("decided for a model that is slower by more than 3 %", Wrong, cells.Sum(cell => cell.DecidedWrongly), experiments),
            Outcome.AtLeast("two experiments of the same truth name the same model", Same, cells.Sum(cell => cell.Alike), Trials * cells.Count),
            Outcome.AtLeast("the same, of experiments that are both decided", Same, cells.Sum(cell => cell.DecidedAlike), cells.Sum(cell => cell.BothDecided)),
        };
        foreach (Cell cell in cells)
        {
            string decided = FormattableString.Invariant($"{cell.Design}: decided, after {cell.Rounds:0} rounds on average");
            outcomes.Add(cell.Design.Difference >= 0.1
                ? Outcome.AtLeast(decided, Decided, cell.Decided, 2 * Trials)
                : Outcome.Information(decided, cell.Decided, 2 * Trials));
            outcomes.Add(Outcome.Information($"{cell.Design}: the same model", cell.Alike, Trials));
            outcomes.Add(Outcome.Information($"{cell.Design}: named, and slower by more than 3 %", cell.NamedWrongly, 2 * Trials));
        }

        return Task.FromResult<IReadOnlyList<Outcome>>(outcomes);
    }

    private static Cell Judge(Design design, long seed)
    {
        var pairs = new ConcurrentBag<(Trial One, Trial Other)>();
        Parallel.For(0, Trials, trial =>
        {
            int fastest = new Random((int)((seed + trial) & int.MaxValue)).Next(design.Models);
            pairs.Add((Experiment(design, fastest, seed + trial), Experiment(design, fastest, seed + trial + 1_000_000)));
        });
        Trial[] trials = [.. pairs.SelectMany(pair => new[] { pair.One, pair.Other })];
        var decided = pairs.Where(pair => pair.One.IsDecided && pair.Other.IsDecided).ToArray();
        return new Cell(
            design,
            NamedWrongly: trials.Count(trial => trial.IsWrong),
            DecidedWrongly: trials.Count(trial => trial is { IsWrong: true, IsDecided: true }),
            Alike: pairs.Count(pair => pair.One.Model == pair.Other.Model),
            BothDecided: decided.Length,
            DecidedAlike: decided.Count(pair => pair.One.Model == pair.Other.Model),
            Decided: trials.Count(trial => trial.IsDecided),
            Rounds: trials.Average(trial => trial.Rounds));
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
            double speed = 100 * SimulatedRun.Noise(random, 0.05);
            for (int model = 0; model < design.Models; model++)
                runs.Add(SimulatedRun.Of(Models[model], round, (model == fastest ? 1 : 1 + design.Difference) * speed * SimulatedRun.Noise(random, design.Noise)));
        }

        int looks = StoppingRule.LooksOf(spec);
        Recommendation recommendation = Recommender.Recommend(ExperimentAnalyzer.Analyze(runs, seed, looks), runs, seed, looks).Single();
        bool isWrong = design.Difference > Decision.EquivalenceMargin && recommendation.Model is not null && recommendation.Model != Models[fastest];
        return new Trial(recommendation.Model, recommendation.IsDecided, isWrong, round - 1);
    }

    private sealed record Design(int Models, double Difference, double Noise)
    {
        public override string ToString() => FormattableString.Invariant($"{Models} models, {Difference:0%} apart, {Noise:0%} noise");
    }

    private sealed record Trial(string? Model, bool IsDecided, bool IsWrong, int Rounds);

    private sealed record Cell(
        Design Design, int NamedWrongly, int DecidedWrongly, int Alike, int BothDecided, int DecidedAlike, int Decided, double Rounds)
    {
        public override string ToString() => FormattableString.Invariant(
            $"{Design}: decided {Decided / (2.0 * Trials):0%} after {Rounds:0} rounds, of these wrongly {DecidedWrongly}; the same model {Alike / (double)Trials:0%}");
    }
}
