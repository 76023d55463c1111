using System.Globalization;
using MathNet.Numerics.Statistics;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Core.Sweeps;

/// <summary>
/// Finds break-even points: where the ratio of two models' wall times crosses 1 for the last time, interpolated linearly between
/// two measured values with both axes logarithmic, and how sure that is, by a bootstrap over the rounds within each value.
/// </summary>
internal static class BreakEvenFinder
{
    /// <returns>Every model against <c>sequential</c>, then each other pair that ever swaps places, the one that ends up faster first.</returns>
    public static IEnumerable<BreakEven> Find(SweepMeasurements runs)
    {
        string[] measured = [.. runs.Models.Where(model => runs.Values.Any(value => runs.Runs(model, value).Count > 0))];
        foreach (string model in measured)
        {
            if (model != SequentialModel.ModelId && measured.Contains(SequentialModel.ModelId))
                yield return Find(runs, model, SequentialModel.ModelId);
        }

        string[] others = [.. measured.Where(model => model != SequentialModel.ModelId)];
        for (int first = 0; first < others.Length; first++)
        {
            for (int second = first + 1; second < others.Length; second++)
            {
                double[] medians = [.. runs.LogRatios(others[first], others[second]).Select(point => point.LogRatios.Median())];
                if (medians.Any(median => median > 0) && medians.Any(median => median <= 0))
                {
                    yield return medians[^1] > 0
                        ? Find(runs, others[first], others[second])
                        : Find(runs, others[second], others[first]);
                }
            }
        }
    }

    private static BreakEven Find(SweepMeasurements runs, string model, string reference)
    {
        Resampling resampling = Resampling.For(runs.Seed, runs.Kind, model, reference);
        return Find(runs.Kind, runs.Size, model, reference, runs.LogRatios(model, reference), resampling);
    }

    /// <param name="size">The size of its tasks; null where it is what differs.</param>
    /// <param name="points">By ascending value, the logarithms of the ratio in each round; above 0 the model is faster.</param>
    public static BreakEven Find(
        string workload,
        long? size,
        string model,
        string reference,
        IReadOnlyList<(long Value, double[] LogRatios)> points,
        Resampling resampling)
    {
        var found = new BreakEven
        {
            Workload = workload,
            Size = size,
            Model = model,
            Reference = reference,
            Outcome = BreakEvenOutcome.Undecided,
            Ratios = [.. points.Select(point => RatioOf(point.Value, point.LogRatios))],
        };
        if (points.Count < SweepReader.FewestValues)
            return found with { Reason = FormattableString.Invariant($"{Counted.Of(points.Count, "value has", "values have")} valid runs of both; two are needed") };
        (long fewestAt, double[] fewest) = points.MinBy(point => point.LogRatios.Length);
        if (fewest.Length < MedianInterval.SmallestSample)
        {
            return found with
            {
                Reason = FormattableString.Invariant(
                    $"{Counted.Of(fewest.Length, "valid round")} at {fewestAt}; measure {MedianInterval.SmallestSample} or more"),
            };
        }

        double[] values = [.. points.Select(point => (double)point.Value)];
        Crossing measured = Crossing.Of(values, [.. points.Select(point => point.LogRatios.Median())]);
        var resampled = new Crossing[Resampling.Resamples];
        for (int index = 0; index < resampled.Length; index++)
            resampled[index] = Crossing.Of(values, [.. points.Select(point => resampling.MedianOfResample(point.LogRatios))]);
        return Decide(found, measured, resampled);
    }

    private static BreakEven Decide(BreakEven found, Crossing measured, Crossing[] resampled)
    {
        double agreeing = (double)resampled.Count(crossing => crossing.Outcome == measured.Outcome) / resampled.Length;
        if (measured.At is not { } point)
        {
            double crossing = (double)resampled.Count(candidate => candidate.At is not null) / resampled.Length;
            found = found with { CrossingShare = crossing };
            return agreeing >= Resampling.Coverage
                ? found with { Outcome = measured.Outcome }
                : found with
                {
                    Reason = FormattableString.Invariant(
                        $"the medians say {Words(measured.Outcome)}, but only {100 * agreeing:0.#} % of the resamples do"),
                };
        }

        found = found with { CrossingShare = agreeing };
        (double low, double high) = Resampling.Interval(
            [.. resampled.Select(crossing => crossing.PlaceFor(measured.Outcome))], found.Ratios.Min(ratio => ratio.Rounds));
        string? doubt = agreeing < Resampling.Coverage
            ? FormattableString.Invariant($"only {100 * agreeing:0.#} % of the resamples cross in this direction inside the measured range")
            : !double.IsFinite(low) || !double.IsFinite(high) ? "the interval reaches beyond the measured range"
            : !IsClear(found.Ratios, measured.Outcome, point) ? "not on both sides of it does a ratio's interval exclude 1"
            : null;
        if (doubt is null)
            return found with { Outcome = measured.Outcome, Value = point, Low = low, High = high };
        string about = point.ToString(point < 100 ? "0.##" : "#,##0", CultureInfo.InvariantCulture);
        return found with { Reason = $"the medians cross for the last time at about {about}, but {doubt}" };
    }

    // Among many values the ratios of two equal models cross somewhere, and the resamples with them: the largest value, and one
    // below the point, have to tell the models apart by themselves.
    private static bool IsClear(IReadOnlyList<PairedRatio> ratios, BreakEvenOutcome outcome, double point)
    {
        bool IsFaster(PairedRatio ratio) => ratio.Low > 1;
        bool IsSlower(PairedRatio ratio) => ratio.High < 1;
        IEnumerable<PairedRatio> below = ratios.Where(ratio => ratio.Value < point);
        return outcome == BreakEvenOutcome.FasterFrom
            ? IsFaster(ratios[^1]) && below.Any(IsSlower)
            : IsSlower(ratios[^1]) && below.Any(IsFaster);
    }

    private static string Words(BreakEvenOutcome outcome) =>
        outcome == BreakEvenOutcome.AlwaysFaster ? "faster at every value" : "faster at no value";

    private static PairedRatio RatioOf(long value, double[] logRatios)
    {
        ConfidenceInterval interval = MedianInterval.Of(logRatios);
        return new PairedRatio(
            value, Math.Exp(interval.Estimate), Math.Exp(interval.Low), Math.Exp(interval.High), logRatios.Length);
    }

    /// <summary>Where a line through measured points crosses 0 for the last time.</summary>
    private readonly record struct Crossing(BreakEvenOutcome Outcome, double? At)
    {
        public static Crossing Of(double[] values, double[] logRatios)
        {
            bool endsFaster = logRatios[^1] > 0;
            int last = Array.FindLastIndex(logRatios, ratio => ratio > 0 != endsFaster);
            if (last < 0)
                return new Crossing(endsFaster ? BreakEvenOutcome.AlwaysFaster : BreakEvenOutcome.NeverFaster, null);
            double from = Math.Log(values[last]);
            double to = Math.Log(values[last + 1]);
            double part = -logRatios[last] / (logRatios[last + 1] - logRatios[last]);
            return new Crossing(
                endsFaster ? BreakEvenOutcome.FasterFrom : BreakEvenOutcome.FasterUpTo, Math.Exp(from + (part * (to - from))));
        }

        // Where the place is that another resample found: beyond an end of the measured range if there is none in it.
        public double PlaceFor(BreakEvenOutcome asked) => Outcome == asked ? At!.Value
            : Outcome == (asked == BreakEvenOutcome.FasterFrom ? BreakEvenOutcome.AlwaysFaster : BreakEvenOutcome.NeverFaster)
                ? double.NegativeInfinity
                : double.PositiveInfinity;
    }
}
