using System.Globalization;
using MathNet.Numerics.Statistics;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Core.Sweeps;

/// <summary>Fits the Universal Scalability Law to the throughput of each model, with bootstrap intervals over the rounds.</summary>
internal static class ScalabilityFitter
{
    /// <summary>The fewest distinct degrees for a fit: one more than the law has parameters.</summary>
    public const int FewestDegrees = 4;

    // With fewer tasks for each of N the last ones, which leave some idle, are a good part of the run.
    private const int FewestTasksEach = 4;

    public static IEnumerable<ScalabilityFit> Fit(SweepMeasurements runs)
    {
        foreach (string model in runs.Models)
        {
            bool isCorrected = model != SequentialModel.ModelId
                && runs.Values.All(value => runs.Runs(model, value).Count == 0 || runs.Paired(model, SequentialModel.ModelId, value).Any());
            List<Measured> points = PointsOf(runs, model, isCorrected);
            if (points.Count == 0)
                continue;
            ScalabilityFit fit = Fit(runs.Kind, runs.Size, model, runs.Over, points, Resampling.For(runs.Seed, runs.Kind, model)) with
            {
                IsDriftCorrected = isCorrected,
            };
            bool isFixed = points.Count == 1 && runs.Values.Count(value => runs.Runs(model, value).Count > 0) > 1;
            yield return !isFixed
                ? fit
                : fit with { NoFit = FormattableString.Invariant($"it ran at degree {points[0].Degree} whatever was asked for") };
        }
    }

    /// <param name="points">What was measured, by ascending degree; those with a degree above their tasks are left out of the fit.</param>
    public static ScalabilityFit Fit(
        string workload, long? size, string model, SweepVariable over, IReadOnlyList<Measured> points, Resampling resampling)
    {
        Measured[] busy = [.. points.Where(point => point.Degree <= point.Tasks)];
        double[] degrees = [.. busy.Select(point => (double)point.Degree)];
        double[] throughput = [.. busy.Select(point => point.TasksPerSecond(point.WallMs.Median()))];
        ScalabilityLaw? law = busy.Length >= FewestDegrees ? ScalabilityRegression.Fit(degrees, throughput) : null;
        var fit = new ScalabilityFit
        {
            Workload = workload,
            Size = size,
            Model = model,
            Law = law,
            NoFit = law is null ? WhyNot(busy.Length, points.Count) : null,
            Points = [.. points.Select(point => PointOf(point, law))],
            Remarks = [.. RemarksOn(points, busy)],
        };
        return law is null ? fit : WithIntervals(fit, law, over, busy, Resample(busy, degrees, resampling));
    }

    private static List<Measured> PointsOf(SweepMeasurements runs, string model, bool isCorrected)
    {
        // What sequential took over all values: with it the ratios become times again.
        double reference = isCorrected
            ? runs.Values.SelectMany(value => runs.Runs(SequentialModel.ModelId, value)).Select(run => run.WallMs).Median()
            : 1;
        return
        [
            .. runs.Values
                .SelectMany(value => isCorrected
                    ? runs.Paired(model, SequentialModel.ModelId, value)
                        .Select(pair => (Value: value, pair.Run, WallMs: reference * pair.Run.WallMs / pair.Reference.WallMs))
                    : runs.Runs(model, value).Select(run => (Value: value, Run: run, run.WallMs)))
                // A degree that the tasks held down stands for the one that was asked for, so that it is left out of the fit.
                .GroupBy(entry => runs.Over == SweepVariable.Cores || entry.Run.Degree == entry.Run.Tasks ? entry.Value : entry.Run.Degree)
                .OrderBy(group => group.Key)
                .Select(group => new Measured(group.Key, group.First().Run.Tasks, [.. group.Select(entry => entry.WallMs)])),
        ];
    }

    private static string WhyNot(int busy, int measured) => busy < FewestDegrees
        ? FormattableString.Invariant($"{Counted.Of(busy, "distinct value was", "distinct values were")} measured{(busy < measured ? " up to the number of tasks" : "")}; {FewestDegrees} or more are needed")
        : "throughput falls so steeply from the first degree on that the law does not describe it";

    private static IEnumerable<string> RemarksOn(IReadOnlyList<Measured> points, Measured[] busy)
    {
        if (busy.Length < points.Count)
        {
            string beyond = string.Join(", ", points.Except(busy).Select(point => point.Degree.ToString(CultureInfo.InvariantCulture)));
            yield return FormattableString.Invariant($"No more can work at once than the {Counted.Of(points[^1].Tasks, "task")} of a run; left out of the fit: {beyond}.");
        }

        if (busy.Length >= FewestDegrees && busy[^1].Tasks < FewestTasksEach * busy[^1].Degree)
        {
            yield return FormattableString.Invariant($"With {Counted.Of(busy[^1].Tasks, "task")} for {busy[^1].Degree} at once the last of them leave some idle, which the law takes for ")
                + FormattableString.Invariant($"contention: measure {FewestTasksEach * busy[^1].Degree} tasks or more.");
        }
    }

    private static ScalabilityPoint PointOf(Measured point, ScalabilityLaw? law)
    {
        double measured = point.TasksPerSecond(point.WallMs.Median());
        double? fitted = point.Degree <= point.Tasks ? law?.TasksPerSecond(point.Degree) : null;
        return new ScalabilityPoint(point.Degree, point.WallMs.Length, measured, fitted, 100 * ((measured / fitted) - 1));
    }

    // A resample that the law does not describe counts as the steepest fall there is.
    private static ScalabilityLaw[] Resample(Measured[] points, double[] degrees, Resampling resampling)
    {
        var laws = new ScalabilityLaw[Resampling.Resamples];
        for (int index = 0; index < laws.Length; index++)
        {
            double[] throughput = [.. points.Select(point => point.TasksPerSecond(resampling.MedianOfResample(point.WallMs)))];
            laws[index] = ScalabilityRegression.Fit(degrees, throughput)
                ?? new ScalabilityLaw(double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity);
        }

        return laws;
    }

    private static ScalabilityFit WithIntervals(
        ScalabilityFit fit, ScalabilityLaw law, SweepVariable over, Measured[] points, ScalabilityLaw[] resampled)
    {
        const int Instances = ScalabilityExtrapolation.MostInstances;
        int rounds = points.Min(point => point.WallMs.Length);
        FittedParameter Parameter(Func<ScalabilityLaw, double> figure)
        {
            (double low, double high) = Resampling.Interval([.. resampled.Select(figure)], rounds);
            return new FittedParameter(figure(law), low, high);
        }

        FittedParameter peak = Parameter(one => one.Peak());
        return fit with
        {
            Sigma = Parameter(one => one.Sigma),
            Kappa = Parameter(one => one.Kappa),
            Peak = new PeakDegree(Finite(peak.Estimate), Finite(peak.Low), Finite(peak.High)),
            RmsResidualPercent = Math.Sqrt(fit.Points.Average(point => point.ResidualPercent * point.ResidualPercent)!.Value),
            Extrapolation = new ScalabilityExtrapolation
            {
                LargestMeasured = points[^1].Degree,
                Speedup = Parameter(one => one.Speedup(Instances)),
                Remark = RemarkOf(over, points[^1].Degree, fit.Points.Min(point => point.Rounds)),
            },
        };
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static string RemarkOf(SweepVariable over, long largestMeasured, int fewest)
    {
        string what = over == SweepVariable.Cores ? "cores" : "degrees";
        string remark = FormattableString.Invariant(
            $"Extrapolated beyond the largest measured value, {largestMeasured}, and so no measurement. The {what} of one ")
            + "machine share its caches, its memory and its clock"
            + (over == SweepVariable.Cores ? "" : ", and degrees above its cores share those too")
            + ": the contention seen here is not that of 1,000 separate instances.";
        return fewest >= MedianInterval.SmallestSample ? remark : remark + FormattableString.Invariant(
            $" With {Counted.Of(fewest, "round")} at some value the intervals are too narrow; measure {MedianInterval.SmallestSample} or more.");
    }

    /// <summary>What was measured at one degree.</summary>
    /// <param name="WallMs">The wall times of the valid runs, in ms, corrected for drift or not; one or more.</param>
    internal sealed record Measured(long Degree, int Tasks, double[] WallMs)
    {
        public double TasksPerSecond(double wallMs) => Tasks / (wallMs / 1000);
    }
}
