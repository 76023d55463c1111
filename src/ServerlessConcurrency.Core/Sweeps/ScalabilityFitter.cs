using MathNet.Numerics.Statistics;
using ServerlessConcurrency.Core.Analysis;

namespace ServerlessConcurrency.Core.Sweeps;

/// <summary>Fits the Universal Scalability Law to the throughput of each model, with bootstrap intervals over the rounds.</summary>
internal static class ScalabilityFitter
{
    /// <summary>The fewest distinct degrees for a fit: one more than the law has parameters.</summary>
    public const int FewestDegrees = 4;

    /// <summary>Fits every model of a workload that was measured.</summary>
    /// <param name="runs">The workload's runs, of a sweep over degree or cores.</param>
    public static IEnumerable<ScalabilityFit> Fit(SweepMeasurements runs)
    {
        foreach (string model in runs.Models)
        {
            List<Measured> points = PointsOf(runs, model);
            if (points.Count == 0)
                continue;
            ScalabilityFit fit = Fit(points, Resampling.For(runs.Seed, runs.Kind, model));
            fit = fit with { Workload = runs.Kind, Size = runs.Size, Model = model };
            yield return fit.Extrapolation is null ? fit : fit with { Extrapolation = fit.Extrapolation with { Remark = RemarkOf(runs.Over, fit) } };
        }
    }

    /// <summary>Fits one model.</summary>
    /// <param name="points">What was measured, by ascending degree.</param>
    /// <param name="resampling">Draws the resamples.</param>
    /// <returns>The fit, without names.</returns>
    public static ScalabilityFit Fit(IReadOnlyList<Measured> points, Resampling resampling)
    {
        double[] degrees = [.. points.Select(point => (double)point.Degree)];
        double[] throughput = [.. points.Select(point => point.TasksPerSecond(point.WallMs.Median()))];
        ScalabilityLaw? law = points.Count >= FewestDegrees ? ScalabilityRegression.Fit(degrees, throughput) : null;
        var fit = new ScalabilityFit
        {
            Workload = "",
            Size = null,
            Model = "",
            Law = law,
            NoFit = law is null ? WhyNot(points) : null,
            Points = [.. points.Zip(throughput, (point, measured) => PointOf(point, measured, law))],
        };
        return law is null ? fit : WithIntervals(fit, law, points, Resample(points, degrees, resampling));
    }

    private static List<Measured> PointsOf(SweepMeasurements runs, string model) =>
    [
        .. runs.Values
            .SelectMany(value => runs.Runs(model, value).Select(run => (
                Degree: runs.Over == SweepVariable.Cores ? value : run.Degree, Run: run)))
            .GroupBy(entry => entry.Degree, entry => entry.Run)
            .OrderBy(group => group.Key)
            .Select(group => new Measured(group.Key, group.First().Tasks, [.. group.Select(run => run.WallMs)])),
    ];

    private static string WhyNot(IReadOnlyList<Measured> points) => points.Count switch
    {
        1 => FormattableString.Invariant($"it ran at degree {points[0].Degree} whatever was asked for"),
        < FewestDegrees => FormattableString.Invariant($"{points.Count} distinct values were measured; {FewestDegrees} or more are needed"),
        _ => "throughput falls so steeply from the first degree on that the law does not describe it",
    };

    private static ScalabilityPoint PointOf(Measured point, double measured, ScalabilityLaw? law)
    {
        double? fitted = law?.TasksPerSecond(point.Degree);
        return new ScalabilityPoint(point.Degree, point.WallMs.Length, measured, fitted, 100 * ((measured / fitted) - 1));
    }

    // A resample that the law does not describe counts as the steepest fall there is.
    private static ScalabilityLaw[] Resample(IReadOnlyList<Measured> points, double[] degrees, Resampling resampling)
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
        ScalabilityFit fit, ScalabilityLaw law, IReadOnlyList<Measured> points, ScalabilityLaw[] resampled)
    {
        const int Instances = ScalabilityExtrapolation.MostInstances;
        int rounds = fit.Points.Min(point => point.Rounds);
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
            RmsResidualPercent = Math.Sqrt(fit.Points.Average(point => point.ResidualPercent!.Value * point.ResidualPercent.Value)),
            Extrapolation = new ScalabilityExtrapolation
            {
                LargestMeasured = points[^1].Degree,
                Speedup = Parameter(one => one.Speedup(Instances)),
                Remark = "",
            },
        };
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static string RemarkOf(SweepVariable over, ScalabilityFit fit)
    {
        string what = over == SweepVariable.Cores ? "cores" : "degrees";
        string remark = FormattableString.Invariant(
            $"Extrapolated beyond the largest measured value, {fit.Extrapolation!.LargestMeasured}, and so no measurement. The {what} of one ")
            + "machine share its caches, its memory and its clock"
            + (over == SweepVariable.Cores ? "" : ", and degrees above its cores share those too")
            + ": the contention seen here is not that of 1,000 separate instances.";
        int fewest = fit.Points.Min(point => point.Rounds);
        return fewest >= MedianInterval.SmallestSample ? remark : remark + FormattableString.Invariant(
            $" With {fewest} round(s) at some value the intervals are too narrow; measure {MedianInterval.SmallestSample} or more.");
    }

    /// <summary>What was measured at one degree.</summary>
    /// <param name="Degree">The degree, or the number of cores.</param>
    /// <param name="Tasks">How many tasks a run had.</param>
    /// <param name="WallMs">The wall times of the valid runs, in ms; one or more.</param>
    internal sealed record Measured(long Degree, int Tasks, double[] WallMs)
    {
        public double TasksPerSecond(double wallMs) => Tasks / (wallMs / 1000);
    }
}
