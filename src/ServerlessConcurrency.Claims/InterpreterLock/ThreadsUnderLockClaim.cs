using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Claims.Runs;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Claims.InterpreterLock;

/// <summary>C4: CPU-bound tasks on threads against the same tasks one after another, and against work that surely has no lock.</summary>
internal sealed class ThreadsUnderLockClaim(string emulation = GilThreadsModel.ModelId, PythonScript? script = null) : ParallelWorkClaim(ThreadsModel.ModelId, emulation)
{
    public override string Id => "C4";

    public override string Statement =>
        "Under a global interpreter lock, threads give an illusion of parallelism: no speed-up for CPU-bound work";

    protected override async Task<ClaimEvidence> MeasureModelAsync(ClaimContext context, string model, CancellationToken cancellationToken)
    {
        // What the claim says of threads under a lock, threads without one do not do; and processes never have one in common.
        string control = model == ThreadsModel.ModelId ? KnownModels.Processes.Id : ThreadsModel.ModelId;
        SpeedupTimes times = await SpeedupExperiment.OfModelAsync(
            context, model, control, SpeedupExperiment.Degree(context), cancellationToken);
        return Judge(model, control, times, context.Seed);
    }

    protected override async Task<ClaimEvidence> MeasureScriptAsync(
        ClaimContext context, PythonInterpreter python, CancellationToken cancellationToken)
    {
        SpeedupTimes times = await SpeedupExperiment.OfPythonAsync(
            context, python, script ?? PythonScript.Load("speedup"), (ThreadsModel.ModelId, Control: true), SpeedupExperiment.Degree(context), cancellationToken);
        return Judge(ThreadsModel.ModelId, KnownModels.Processes.Id, times, context.Seed);
    }

    internal static ClaimEvidence Judge(string threads, string control, SpeedupTimes times, long seed)
    {
        ConfidenceInterval speedup = PairedSpeedup.Of(times.Parallel, times.Sequential, seed);
        ConfidenceInterval without = PairedSpeedup.Of(times.Control, times.Sequential, seed);
        const string Chart = "speed-up over one after another";
        const string Unit = SpeedupExperiment.Unit;
        return ClaimEvidence.Decide(
            [
                ClaimCriterion.Below($"{threads} are no faster than one after another", Unit, speedup, SpeedupExperiment.NoSpeedup)
                    .Saying(figure => $"On {threads}, tasks ran {figure} as fast as one after another.").OnProcessors(),
                ClaimCriterion.Above(
                    $"{control}, which have no lock in common, are faster than one after another", Unit, without, SpeedupExperiment.SomeSpeedup)
                    .Saying(figure => $"On {control}, which have no lock in common, tasks ran {figure} as fast as one after another.").OnProcessors().AsControl(),
                ClaimCriterion.Above(
                    $"{control} are faster than {threads}", Unit, PairedSpeedup.Of(times.Control, times.Parallel, seed), SpeedupExperiment.Same)
                    .Saying(figure => $"On {control}, tasks ran {figure} as fast as on {threads}.").OnProcessors().AsControl(),
            ],
            [
                ClaimFigure.Of(Chart, threads, Unit, speedup, bound: SpeedupExperiment.NoSpeedup),
                ClaimFigure.Of(Chart, control, Unit, without, bound: SpeedupExperiment.SomeSpeedup),
                .. AtWork(threads, times, seed),
            ]);
    }

    private static IEnumerable<ClaimFigure> AtWork(string threads, SpeedupTimes times, long seed)
    {
        if (times.ParallelProcessorTime.Count == times.Parallel.Count)
        {
            double[] atWork = [.. times.ParallelProcessorTime.Zip(times.Parallel, (processor, wall) => processor / wall)];
            yield return ClaimFigure.Of("processor time over wall time", threads, "processors", BootstrapInterval.OfMedian(atWork, seed));
        }
    }
}
