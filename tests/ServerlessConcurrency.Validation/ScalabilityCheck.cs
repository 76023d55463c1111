using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Sweeps;

namespace ServerlessConcurrency.Validation;

/// <summary>
/// Sweeps over the degree whose times follow the Universal Scalability Law with known sigma and kappa, on a machine whose speed differs by 5 %
/// from value to value, with 2 % noise of each run: depends on the seed alone.
/// </summary>
internal sealed class ScalabilityCheck : Check
{
    private const int Trials = 60;
    private const int Rounds = 8;
    private const int Tasks = 128;
    private const double Bound = 0.9;
    private const double Noise = 0.02;
    private const double Drift = 0.05;

    private static readonly long[] Degrees = [1, 2, 4, 8, 16, 32];
    private static readonly (double Sigma, double Kappa)[] Laws = [(0.02, 0.0005), (0.05, 0.002), (0.1, 0)];

    public override string Name => "scalability";

    public override string Subject => "curves with known sigma and kappa";

    public override Task<IReadOnlyList<Outcome>> RunAsync(long seed, IProgress<string> progress)
    {
        var random = new Random((int)(seed & int.MaxValue));
        var outcomes = new List<Outcome>();
        foreach ((double sigma, double kappa) in Laws)
        {
            string what = FormattableString.Invariant($"{Rounds} rounds, sigma {sigma}, kappa {kappa}");
            ScalabilityFit exact = Fit(Time(sigma, kappa, random, noise: 0), random, seed);
            double error = Math.Max(Math.Abs(exact.Sigma!.Estimate - sigma), Math.Abs(exact.Kappa!.Estimate - kappa));
            outcomes.Add(new Outcome($"{what}, without noise: error of the fit", "at most 1e-6", FormattableString.Invariant($"{error:0.0e+0}"), error <= 1e-6));

            ScalabilityFit[] fits = [.. Enumerable.Range(0, Trials).Select(trial => Fit(Time(sigma, kappa, random, Noise), random, seed + trial))];
            outcomes.Add(Outcome.AtLeast($"{what}: intervals of sigma that cover it", Bound, fits.Count(fit => Covers(fit.Sigma!, sigma)), Trials));
            outcomes.Add(Outcome.AtLeast($"{what}: intervals of kappa that cover it", Bound, fits.Count(fit => Covers(fit.Kappa!, kappa)), Trials));
        }

        return Task.FromResult<IReadOnlyList<Outcome>>(outcomes);
    }

    private static bool Covers(FittedParameter parameter, double truth) => parameter.Low <= truth + 1e-12 && truth <= parameter.High;

    private static Func<long, double> Time(double sigma, double kappa, Random random, double noise)
    {
        var law = new ScalabilityLaw(1, sigma, kappa);
        return degree => 10_000 / law.Speedup(degree) * SimulatedRun.Noise(random, noise);
    }

    private static ScalabilityFit Fit(Func<long, double> wallMs, Random random, long seed)
    {
        (long Value, ExperimentDocument Document)[] experiments =
        [
            .. Degrees.Select(degree =>
            {
                double speed = SimulatedRun.Noise(random, Drift);
                return (degree, Experiment(degree, of => speed * wallMs(of), seed));
            }),
        ];
        var sweep = new SweepDocument
        {
            Id = "validation",
            Status = ExperimentStatus.Completed,
            StartedAt = DateTimeOffset.UnixEpoch,
            Spec = experiments[0].Document.Spec,
            Over = SweepVariable.Degree,
            Values = Degrees,
            Environment = experiments[0].Document.Environment,
        };
        return SweepConclusion.Draw(sweep, experiments).Fits.Single(fit => fit.Model == "threads");
    }

    private static ExperimentDocument Experiment(long degree, Func<long, double> wallMs, long seed) => ExperimentConclusion.Draw(new ExperimentDocument
    {
        Id = $"validation-{degree}",
        Status = ExperimentStatus.Completed,
        StartedAt = DateTimeOffset.UnixEpoch,
        Spec = new ExperimentSpec
        {
            Workloads = [new WorkloadSpec(StepsWorkload.Id, 1, Tasks)],
            Models = [SequentialModel.ModelId, "threads"],
            Degree = (int)degree,
            Seed = seed,
        },
        Environment = MachineInfo.Describe(EngineNames.Local),
        Progress = new ExperimentProgress(0, 0, null),
        Runs =
        [
            .. Enumerable.Range(1, Rounds).SelectMany(round => new[]
            {
                SimulatedRun.Of(SequentialModel.ModelId, round, wallMs(1), tasks: Tasks),
                SimulatedRun.Of("threads", round, wallMs(degree), (int)degree, Tasks),
            }),
        ],
    });
}
