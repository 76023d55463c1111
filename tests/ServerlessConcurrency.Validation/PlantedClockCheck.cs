using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Validation;

/// <summary>
/// Runs of 100 ns to 100 ms by a clock that is known exactly, the first five executions of each model fifty times as long as the later
/// ones: what is reported is the mean over the repetitions, and these are as many as are promised.
/// </summary>
internal sealed class PlantedClockCheck : Check
{
    private const int Lengths = 25;
    private const int Rounds = 3;
    private const int MostRepeats = 1_000;
    private const int SlowExecutions = 5;
    private const double MinRunMs = 20;
    private const double LargestError = 1e-9;

    public override string Name => "planted-clock";

    public override string Subject => "runs on a clock that is known exactly";

    public override async Task<IReadOnlyList<Outcome>> RunAsync(long seed, IProgress<string> progress)
    {
        var random = new Random((int)(seed & int.MaxValue));
        var measured = new List<(RunResult Run, double TruthMs)>();
        for (int length = 0; length < Lengths; length++)
            measured.AddRange(await MeasureAsync(100 * Math.Pow(10, 6.0 * length / (Lengths - 1)), random));

        double worst = measured.Max(entry => Math.Abs((entry.Run.WallMs / entry.TruthMs) - 1));
        int enough = measured.Count(entry => entry.Run.Repeats == MostRepeats || entry.Run.Repeats * entry.TruthMs >= MinRunMs - LargestError);
        string what = FormattableString.Invariant($"{measured.Count} runs of 100 ns to 100 ms");
        return
        [
            new Outcome(
                $"{what}: largest error of the wall time",
                FormattableString.Invariant($"at most {LargestError:0e+0}"),
                FormattableString.Invariant($"{worst:0.0e+0}"),
                worst <= LargestError),
            Outcome.AtLeast(
                FormattableString.Invariant($"{what}: repeated until {MinRunMs} ms or {MostRepeats:N0} times"), 1, enough, measured.Count),
        ];
    }

    private static async Task<IEnumerable<(RunResult Run, double TruthMs)>> MeasureAsync(double nanoseconds, Random random)
    {
        var clock = new PlantedClock();
        var model = new PlantedTimeModel(
            new SequentialModel(),
            clock,
            execution => (long)(nanoseconds * (execution < SlowExecutions ? 50 : 1) * (0.9 + (0.2 * random.NextDouble()))));
        await using var models = new ModelCatalog([model]);
        var executor = new RunExecutor(new WorkloadCatalog([new StepsWorkload()]), models, clock: clock);
        var spec = new ExperimentSpec { Workloads = [new WorkloadSpec(StepsWorkload.Id, 1, 1)], Models = [model.Id], MinRunMs = MinRunMs };
        var measured = new List<(RunResult Run, double TruthMs)>();
        for (int round = 0; round <= Rounds; round++)
        {
            var planned = new PlannedRun($"r{round}", round, IsWarmup: round == 0, spec.Workloads[0], model.Id, Degree: 1);
            (RunResult run, _) = await executor.ExecuteAsync("validation", spec, planned, CancellationToken.None);
            if (!planned.IsWarmup)
                measured.Add((run, model.Planted.TakeLast(run.Repeats).Average() / 1_000_000));
        }

        return measured;
    }
}
