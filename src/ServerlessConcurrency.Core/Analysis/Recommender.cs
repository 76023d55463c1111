using System.Globalization;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Core.Analysis;

/// <summary>
/// Picks the model to use for each workload and size: a pure function. Every model is compared with every other, paired by round and corrected for
/// the number of comparisons. A model is out where another is shown to be faster by more than 3 %; of those that remain the simplest is
/// recommended. Never recommended are models that are there to show something, see <see cref="ModelTraits.IsDemonstration"/>, and
/// <c>event-loop</c> unless it is shown to be faster than <c>async</c>.
/// </summary>
public static class Recommender
{
    /// <summary>More rounds than these are made by no experiment that goes on until it is decided, and are no advice.</summary>
    public const int MostRounds = 100;

    // Nor are rounds that take longer.
    private const double LongestMs = 1_000_000;

    private static readonly double Margin = Math.Log(1 + Decision.EquivalenceMargin);

    /// <param name="analysis">What <see cref="ExperimentAnalyzer"/> makes of the runs.</param>
    /// <param name="runs">The measured runs, valid or not.</param>
    /// <param name="seed">The seed of the bootstrap, e.g. the spec's.</param>
    /// <param name="looks">How often it is looked at whether the experiment may end by what it shows; 1 or more.</param>
    public static IReadOnlyList<Recommendation> Recommend(
        IReadOnlyList<ModelAnalysis> analysis, IReadOnlyList<RunResult> runs, long seed = 0, int looks = 1)
    {
        RunResult[] valid = [.. runs.Where(run => run.IsValid)];
        var comparisons = new PairwiseComparisons(valid, looks);
        var machine = MachineControls.Of(runs);
        ILookup<RunKind, RunResult> byKind = valid.ToLookup(run => run.Kind);
        return
        [
            .. analysis
                .Where(model => !KnownModels.Get(model.Model).IsDemonstration)
                .GroupBy(model => (model.Workload, model.Size))
                .Select(workload =>
                {
                    Candidate[] models = [.. workload.Select(model => new Candidate(model, [.. byKind[model.Kind]]))];
                    var field = new Field(models, comparisons, seed);
                    Recommendation recommendation = Recommend(field, machine);
                    RunResult[] all = [.. runs.Where(run => (run.Workload, run.Size) == workload.Key)];
                    return recommendation with { Reason = recommendation.Reason + LeftOut(recommendation.Model, all) + Failures(FailedModels(all)) };
                }),
        ];
    }

    private static Recommendation Recommend(Field field, MachineControls machine)
    {
        ModelAnalysis first = field.Models[0].Analysis;
        var none = new Recommendation(first.Workload, first.Size, null, "");
        if (machine.AreHopeless)
            return none with { Reason = $"the times say more of the machine than of the models: {Disturbance(machine)}", Next = Calm(machine) };
        int rounds = field.Models.Max(model => model.Analysis.Rounds);
        if (rounds < MedianInterval.SmallestSample)
        {
            return none with
            {
                Reason = Text($"{Counted.Of(rounds, "round is", "rounds are")} too few to tell, whatever the times are"),
                Next = Text($"measure {MedianInterval.SmallestSample} rounds or more"),
            };
        }

        Candidate[] candidates = field.Candidates();
        Candidate chosen = candidates[0];
        Candidate[] unknown = field.Unknown(chosen);
        var recommendation = none with
        {
            Model = chosen.Analysis.Model,
            Candidates = [.. candidates.Select(candidate => candidate.Analysis.Model)],
            Contested = [.. field.Contested(chosen).Select(model => model.Analysis.Model)],
            Unknown = [.. unknown.Select(model => model.Analysis.Model)],
            IsDecided = field.Models.Length > 1 && !machine.AreDoubtful && unknown.Length == 0 && field.AreAlike(candidates),
        };
        return recommendation with
        {
            Reason = Reason(field, candidates, recommendation.IsDecided) + TooFew(unknown),
            Next = recommendation.IsDecided ? null : Next(field, candidates, recommendation.Unknown, machine),
        };
    }

    private static string Reason(Field field, Candidate[] candidates, bool isDecided)
    {
        ModelAnalysis chosen = candidates[0].Analysis;
        if (field.Models.Length == 1)
            return $"the only model to choose from, {TimeText.Milliseconds(chosen.MedianMs)} ms";
        if (!isDecided && candidates.Length > 1)
            return Gains([.. candidates.Select(candidate => candidate.Analysis)]);
        string gain = chosen.Verdict == Verdict.Baseline ? $"no other model is {(isDecided ? "" : "shown to be ")}faster by more than 3 %"
            : chosen.Speedup is not null ? Text($"{chosen.Speedup:0.00} times as fast as sequential ({chosen.SpeedupLow:0.00} to {chosen.SpeedupHigh:0.00})")
            : $"{TimeText.Milliseconds(chosen.MedianMs)} ms";
        string[] alike = [.. candidates.Skip(1).Select(candidate => candidate.Analysis.Model)];
        return alike.Length > 0
            ? $"{gain}; {string.Join(", ", alike)} {(alike.Length == 1 ? "is" : "are")} no faster by more than 3 %, and it is simpler"
            : gain + field.Lead(candidates[0]);
    }

    // E.g. "1.4 to 1.7 times as fast as sequential", or, where sequential is one of them, "threads is 1.1 times as fast as sequential".
    private static string Gains(ModelAnalysis[] candidates)
    {
        ModelAnalysis[] others = [.. candidates.Where(model => model.Verdict != Verdict.Baseline)];
        double[] gains = [.. others.Select(model => model.Speedup).OfType<double>()];
        if (gains.Length == 0)
            return $"{Range(candidates.Select(model => model.MedianMs), TimeText.Milliseconds)} ms";
        string subject = others.Length == candidates.Length ? "" : others.Length == 1 ? $"{others[0].Model} is " : "the others are ";
        return $"{subject}{Range(gains, gain => Text($"{gain:0.00}"))} times as fast as sequential";
    }

    private static string Range(IEnumerable<double> values, Func<double, string> text) =>
        string.Join(" to ", new[] { values.Min(), values.Max() }.Select(text).Distinct());

    private static string TooFew(Candidate[] unknown) => unknown.Length == 0
        ? ""
        : Text($"; too few valid rounds to tell of {string.Join(", ", unknown.Select(model => Text($"{model.Analysis.Model} ({model.Analysis.Rounds})")))}");

    private static string Next(Field field, Candidate[] candidates, IReadOnlyList<string> unknown, MachineControls machine)
    {
        if (machine.AreDoubtful)
            return $"{Disturbance(machine)}; {Calm(machine)}";
        if (field.Models.Length == 1)
            return "measure other models beside it";
        if (field.AreAlike(candidates))
            return Text($"measure until {string.Join(" and ", unknown)} {(unknown.Count == 1 ? "has" : "have")} {MedianInterval.SmallestSample} valid rounds");
        double rounds = candidates.Skip(1).Max(other => field.RoundsNeeded(other, candidates[0]));
        return rounds <= MostRounds && rounds * field.RoundMs <= LongestMs
            ? Text($"measure about {Math.Ceiling(rounds / 5) * 5:0} rounds (--rounds), or close other programs")
            : Text($"measure larger or more tasks: with these it takes more than {MostRounds} rounds or {LongestMs / 1_000:N0} s to tell, and the difference may be too small to matter");
    }

    private static string Disturbance(MachineControls machine) =>
        machine.Others > MachineControls.DoubtfulOthers ? Text($"other programs used {machine.Others:0 %} of the processors")
        : machine.Steal > MachineControls.DoubtfulSteal ? Text($"the hypervisor took {machine.Steal:0 %} of the processors' time away")
        : Text($"the machine's speed changed by {Math.Abs(machine.Drift.TotalChange):0 %} meanwhile");

    private static string Calm(MachineControls machine) =>
        machine.Others > MachineControls.DoubtfulOthers ? "close other programs and measure again" : "measure again, or on a machine of its own";

    // A model that now and then fails, or computes something else, is not told by its times.
    private static string LeftOut(string? model, RunResult[] runs)
    {
        RunResult[] own = [.. runs.Where(run => run.Model == model)];
        int invalid = own.Count(run => !run.IsValid);
        return invalid == 0 ? "" : Text($"; {invalid} of {Counted.Of(own.Length, "run")} of {model} failed and {(invalid == 1 ? "is" : "are")} left out");
    }

    // Those of which no run counts, so that they are in no analysis.
    private static string[] FailedModels(RunResult[] runs) =>
    [
        .. runs
            .Where(run => !KnownModels.Get(run.Model).IsDemonstration)
            .GroupBy(run => run.Model)
            .Where(model => model.All(run => !run.IsValid))
            .Select(model => model.Key)
            .Order(),
    ];

    private static string Failures(string[] failed) =>
        failed.Length == 0 ? "" : $"; every run of {string.Join(", ", failed)} failed, so that nothing is known of {(failed.Length == 1 ? "it" : "them")}";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Candidate(ModelAnalysis Analysis, IReadOnlyList<RunResult> Runs);

    /// <summary>The models of one workload and size.</summary>
    private sealed class Field(Candidate[] models, PairwiseComparisons comparisons, long seed)
    {
        public Candidate[] Models => models;

        /// <summary>How long a round of these models takes, in ms.</summary>
        public double RoundMs => models.Sum(model => model.Runs.Average(run => run.WallMs * run.Repeats));

        /// <summary>Those that no other is shown to be faster than, the simplest first.</summary>
        public Candidate[] Candidates()
        {
            Candidate[] remaining = [.. Measured.Where(model => !Measured.Any(other => IsFaster(other, model)))];
            Candidate? async = Find(AsyncModel.ModelId);
            Candidate? loop = Find(EventLoopModel.ModelId);
            if (async is not null && loop is not null && !IsFaster(loop, async))
                remaining = [.. remaining.Where(model => model != loop)];
            // Comparisons of medians may go round in a circle.
            if (remaining.Length == 0)
                remaining = [Measured.Where(model => model != loop || Measured.Length == 1).MinBy(model => model.Analysis.MedianMs)!];
            return [.. remaining.OrderBy(model => KnownModels.Get(model.Analysis.Model).Complexity).ThenBy(model => model.Analysis.MedianMs)];
        }

        /// <summary>The simpler models that are out, of which it is not shown that they are slower by more than 3 %.</summary>
        public IEnumerable<Candidate> Contested(Candidate chosen) => Measured.Where(model =>
            model.Analysis.Model != EventLoopModel.ModelId
            && KnownModels.Get(model.Analysis.Model).Complexity < KnownModels.Get(chosen.Analysis.Model).Complexity
            && PairedTTest.Interval(PairedRounds.LogRatios(chosen.Runs, model.Runs), comparisons.Level).Low <= Margin);

        /// <summary>Those with too few rounds for a candidate, of which it is not shown that they are no faster than the one chosen.</summary>
        public Candidate[] Unknown(Candidate chosen) =>
        [
            // Beside async an event loop is no alternative unless it is shown to be faster.
            .. models.Except(Measured).Where(model =>
                (model.Analysis.Model != EventLoopModel.ModelId || Find(AsyncModel.ModelId) is null) && !IsNoFaster(model, chosen)),
        ];

        /// <summary>Whether each is shown not to be faster than the first by more than 3 %.</summary>
        public bool AreAlike(Candidate[] candidates) => candidates.Skip(1).All(other => IsNoFaster(other, candidates[0]));

        /// <summary>About how many rounds decide between two, as far as the spread of those measured tells.</summary>
        public double RoundsNeeded(Candidate model, Candidate other)
        {
            double[] logRatios = PairedRounds.LogRatios(model.Runs, other.Runs);
            if (logRatios.Length < 2)
                return MedianInterval.SmallestSample;
            double gain = logRatios.Mean();
            double distance = gain > Margin ? gain : Margin - gain;
            double quantile = Normal.InvCDF(0, 1, 1 - (comparisons.Level / 2));
            return Math.Max(logRatios.Length + 1, Math.Pow(quantile * logRatios.StandardDeviation() / distance, 2));
        }

        /// <summary>How far ahead of the next it is, as the end of a sentence.</summary>
        public string Lead(Candidate chosen)
        {
            // An event loop is as fast as async and no alternative to it.
            if (Measured.Where(model => model != chosen && model.Analysis.Model != EventLoopModel.ModelId).MinBy(model => model.Analysis.MedianMs) is not { } next
                || next.Analysis.Model == SequentialModel.ModelId
                || RunComparison.Of(chosen.Runs, next.Runs, seed) is not { Speedup: var lead })
            {
                return "";
            }

            return Text($", {lead.Estimate:0.00} times as fast as {next.Analysis.Model} ({lead.Low:0.00} to {lead.High:0.00})");
        }

        // Those with enough rounds for a candidate.
        private Candidate[] Measured => [.. models.Where(model => model.Analysis.Rounds >= MedianInterval.SmallestSample)];

        private Candidate? Find(string id) => Array.Find(Measured, model => model.Analysis.Model == id);

        private bool IsNoFaster(Candidate model, Candidate other) =>
            PairedTTest.Interval(PairedRounds.LogRatios(model.Runs, other.Runs), comparisons.Level).High <= Margin;

        private bool IsFaster(Candidate model, Candidate other)
        {
            if (model == other || comparisons.Of(model.Analysis.Workload, model.Analysis.Size, model.Analysis.Model, other.Analysis.Model) is not { } pair)
                return false;
            double[] ratios = PairedRounds.Ratios(model.Runs, other.Runs);
            return pair.Adjusted < Decision.Level
                && ratios.Median() > 1 + Decision.EquivalenceMargin
                && Decision.On(BootstrapInterval.OfMedian(ratios, seed), pair.Adjusted) == Verdict.Faster;
        }
    }
}
