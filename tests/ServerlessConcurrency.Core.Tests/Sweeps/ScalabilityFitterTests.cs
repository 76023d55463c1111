using FsCheck.Xunit;
using ServerlessConcurrency.Core.Sweeps;

namespace ServerlessConcurrency.Core.Tests.Sweeps;

public sealed class ScalabilityFitterTests
{
    private const int Tasks = 32;
    private static readonly long[] Degrees = [1, 2, 4, 8, 16, 32];

    // Each fits its resamples, too.
    [Property(MaxTest = 25)]
    public bool Without_noise_the_law_is_recovered(ushort sigma, ushort kappa, byte lambda)
    {
        var truth = new ScalabilityLaw(1 + lambda, sigma / 100_000.0, kappa / 1_000_000.0);

        ScalabilityFit fit = Fit(truth, noise: 0, rounds: 1);

        return IsClose(fit.Law!.Lambda, truth.Lambda) && IsClose(fit.Law.Sigma, truth.Sigma) && IsClose(fit.Law.Kappa, truth.Kappa)
            && fit.RmsResidualPercent < 1e-6;
    }

    [Fact]
    public void With_2_percent_noise_the_intervals_cover_the_truth_nearly_always()
    {
        var truth = new ScalabilityLaw(100, 0.05, 0.002);
        int sigma = 0, kappa = 0, peak = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            ScalabilityFit fit = Fit(truth, noise: 0.02, rounds: 12, seed);
            sigma += Covers(fit.Sigma!, truth.Sigma) ? 1 : 0;
            kappa += Covers(fit.Kappa!, truth.Kappa) ? 1 : 0;
            peak += fit.Peak!.Low <= truth.Peak() && truth.Peak() <= (fit.Peak.High ?? double.PositiveInfinity) ? 1 : 0;
            Assert.InRange(fit.RmsResidualPercent!.Value, 0, 2);
        }

        Assert.All([sigma, kappa, peak], covered => Assert.InRange(covered, 51, 60));
    }

    [Fact]
    public void Linear_growth_has_neither_contention_nor_a_peak()
    {
        ScalabilityFit fit = Fit(new ScalabilityLaw(10, 0, 0), noise: 0, rounds: 6);

        Assert.Equal(0, fit.Sigma!.Estimate, 9);
        Assert.Equal(0, fit.Kappa!.Estimate, 9);
        Assert.Equal(32, fit.Law!.Speedup(32), 6);
    }

    [Fact]
    public void Growth_faster_than_linear_gives_no_negative_contention()
    {
        ScalabilityFit fit = Fit(degree => Math.Pow(degree, 1.2));

        Assert.Equal(0, fit.Sigma!.Estimate);
        Assert.Equal(0, fit.Kappa!.Estimate);
        Assert.Null(fit.Peak!.Estimate);
        Assert.True(fit.RmsResidualPercent > 1);
    }

    [Fact]
    public void Constant_throughput_is_all_contention()
    {
        ScalabilityFit fit = Fit(_ => 50);

        Assert.Equal(1, fit.Sigma!.Estimate, 6);
        Assert.Equal(0, fit.Kappa!.Estimate, 6);
        Assert.Equal(1, fit.Extrapolation!.Speedup.Estimate, 3);
    }

    [Fact]
    public void Throughput_that_falls_again_has_its_peak_where_the_law_says()
    {
        var truth = new ScalabilityLaw(100, 0.1, 0.05);

        ScalabilityFit fit = Fit(truth, noise: 0, rounds: 6);

        Assert.Equal(Math.Sqrt((1 - 0.1) / 0.05), fit.Peak!.Estimate!.Value, 6);
        Assert.True(fit.Points[^1].TasksPerSecond < fit.Points[2].TasksPerSecond);
    }

    [Fact]
    public void Throughput_that_falls_from_the_first_degree_on_has_its_peak_at_1()
    {
        ScalabilityFit fit = Fit(new ScalabilityLaw(100, 1.5, 0), noise: 0, rounds: 6);

        Assert.Equal(1.5, fit.Sigma!.Estimate, 6);
        Assert.Equal(1, fit.Peak!.Estimate);
    }

    [Fact]
    public void Under_four_degrees_there_is_no_fit_but_a_reason()
    {
        ScalabilityFit fit = Fit([.. Points(degree => degree, 6, 0, 1).Take(3)], new Resampling(1));

        Assert.Null(fit.Law);
        Assert.Equal("3 distinct values were measured; 4 or more are needed", fit.NoFit);
        Assert.Equal(3, fit.Points.Count);
    }

    [Fact]
    public void Degrees_above_the_number_of_tasks_are_shown_and_take_no_part_in_the_fit()
    {
        // Ideal waiting tasks: 8 of them, so that 16 and 32 threads do no more than 8.
        ScalabilityFit fit = Fit(
            [.. Degrees.Select(degree => new ScalabilityFitter.Measured(degree, 8, [.. Enumerable.Repeat(800.0 / Math.Min(degree, 8), 6)]))], new Resampling(1));

        Assert.Equal((0.0, 0.0), (Math.Round(fit.Sigma!.Estimate, 9), Math.Round(fit.Kappa!.Estimate, 9)));
        Assert.Null(fit.Peak!.Estimate);
        Assert.Equal(8, fit.Extrapolation!.LargestMeasured);
        Assert.Equal([false, false, false, false, true, true], fit.Points.Select(point => point.FittedTasksPerSecond is null));
        Assert.Equal(
            [
                "No more can work at once than the 8 tasks of a run; left out of the fit: 16, 32.",
                "With 8 tasks for 8 at once the last of them leave some idle, which the law takes for contention: measure 32 tasks or more.",
            ],
            fit.Remarks);
    }

    [Fact]
    public void Too_few_degrees_up_to_the_number_of_tasks_are_too_few()
    {
        ScalabilityFit fit = Fit(
            [.. Degrees.Select(degree => new ScalabilityFitter.Measured(degree, 4, [.. Enumerable.Repeat(400.0 / Math.Min(degree, 4), 6)]))], new Resampling(1));

        Assert.Null(fit.Law);
        Assert.Equal("3 distinct values were measured up to the number of tasks; 4 or more are needed", fit.NoFit);
    }

    [Fact]
    public void What_the_law_cannot_describe_has_no_fit_but_a_reason()
    {
        // It leaves no throughput for degree 1, which was not measured.
        ScalabilityFit fit = Fit(
            [.. Points(degree => 1 / Math.Pow(degree, 4), 6, 0, 1).Skip(2)], new Resampling(1));

        Assert.Null(fit.Law);
        Assert.Contains("does not describe it", fit.NoFit, StringComparison.Ordinal);
    }

    [Fact]
    public void No_other_law_with_coefficients_of_0_or_more_has_smaller_relative_errors()
    {
        var random = new Random(7);
        for (int trial = 0; trial < 50; trial++)
        {
            double[] throughput = [.. Degrees.Select(_ => 0.5 + random.NextDouble())];
            double[] degrees = [.. Degrees.Select(degree => (double)degree)];
            ScalabilityLaw fitted = ScalabilityRegression.Fit(degrees, throughput)!;
            double best = Error(fitted, throughput);
            for (int other = 0; other < 200; other++)
            {
                double Near(double value) => Math.Max(0, value * (1 + (0.2 * (random.NextDouble() - 0.5)))) + (random.Next(3) * 0.001);
                var candidate = new ScalabilityLaw(Math.Max(0.01, Near(fitted.Lambda)), Near(fitted.Sigma), Near(fitted.Kappa));
                Assert.True(best <= Error(candidate, throughput) + 1e-12);
            }
        }
    }

    private static double Error(ScalabilityLaw law, double[] throughput) =>
        Degrees.Zip(throughput, (degree, measured) => Math.Pow((measured / law.TasksPerSecond(degree)) - 1, 2)).Sum();

    private static bool Covers(FittedParameter parameter, double truth) => parameter.Low <= truth && truth <= parameter.High;

    private static bool IsClose(double actual, double expected) => Math.Abs(actual - expected) <= 1e-6 * Math.Max(1e-3, expected);

    private static ScalabilityFit Fit(ScalabilityLaw truth, double noise, int rounds, int seed = 1) =>
        Fit(Points(degree => truth.TasksPerSecond(degree), rounds, noise, seed), new Resampling(42));

    private static ScalabilityFit Fit(Func<double, double> tasksPerSecond) =>
        Fit(Points(tasksPerSecond, 6, 0, 1), new Resampling(42));

    private static ScalabilityFit Fit(IReadOnlyList<ScalabilityFitter.Measured> points, Resampling resampling) =>
        ScalabilityFitter.Fit("primes", 20_000, "threads", SweepVariable.Degree, points, resampling);

    private static ScalabilityFitter.Measured[] Points(Func<double, double> tasksPerSecond, int rounds, double noise, int seed)
    {
        var random = new Noise(seed);
        return [.. Degrees.Select(degree => new ScalabilityFitter.Measured(
            degree, Tasks, random.Around(1000 * Tasks / tasksPerSecond(degree), noise, rounds)))];
    }
}
