using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Claims.InterpreterLock;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Claims.Runs;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Claims.Processes;

/// <summary>C8: CPU-bound tasks in child processes against the same tasks one after another.</summary>
internal sealed class ProcessesOnCoresClaim(string model, string executor) : ParallelWorkClaim(model, emulation: null)
{
    public ProcessesOnCoresClaim()
        : this(KnownModels.Processes.Id, KnownModels.Processes.Id)
    {
    }

    public override string Id => "C8";

    public override string Statement => "Multiple processes use multiple cores for CPU-bound work";

    protected override Task<ClaimEvidence> MeasureModelAsync(ClaimContext context, string model, CancellationToken cancellationToken) =>
        MeasureAsync(context, degree => SpeedupExperiment.OfModelAsync(context, model, control: null, degree, cancellationToken));

    protected override Task<ClaimEvidence> MeasureScriptAsync(
        ClaimContext context, PythonInterpreter python, CancellationToken cancellationToken) =>
        MeasureAsync(context, degree => SpeedupExperiment.OfPythonAsync(
            context, python, PythonScript.Load("speedup"), (executor, Control: false), degree, cancellationToken));

    internal static ClaimEvidence Judge(IReadOnlyList<(int Degree, ConfidenceInterval Speedup)> speedups)
    {
        (int most, ConfidenceInterval decisive) = speedups[^1];
        return ClaimEvidence.Decide(
            [
                ClaimCriterion.Above(
                    $"{most} processes are faster than one after another", SpeedupExperiment.Unit, decisive, LeastSpeedup(most))
                    .Saying(figure => $"With {most} processes, tasks ran {figure} as fast as one after another.").OnProcessors(),
            ],
            [
                .. speedups.Select(at => ClaimFigure.Of(
                    "speed-up over one after another", Name(at.Degree), SpeedupExperiment.Unit, at.Speedup, bound: at.Degree == most ? LeastSpeedup(most) : null)),
                .. speedups.Select(at => ClaimFigure.Of(
                    "speed-up by process", Name(at.Degree), ClaimCriterion.Percent, Share(at.Speedup, at.Degree))),
            ]);
    }

    private static async Task<ClaimEvidence> MeasureAsync(ClaimContext context, Func<int, Task<SpeedupTimes>> measureAsync)
    {
        var speedups = new List<(int Degree, ConfidenceInterval Speedup)>();
        foreach (int degree in Degrees(context))
        {
            SpeedupTimes times = await measureAsync(degree);
            speedups.Add((degree, PairedSpeedup.Of(times.Parallel, times.Sequential, context.Seed)));
        }

        return Judge(speedups);
    }

    // A full measurement shows how the speed-up grows with the processes, in steps of two.
    private static IEnumerable<int> Degrees(ClaimContext context)
    {
        int most = SpeedupExperiment.Degree(context);
        for (int degree = 1; !context.Quick && degree < most; degree *= 2)
            yield return degree;
        yield return most;
    }

    // A fifth of what the further processors would add: as much as C4 takes for none.
    private static double LeastSpeedup(int processes) => 1 + ((SpeedupExperiment.NoSpeedup - 1) * (processes - 1));

    private static ConfidenceInterval Share(ConfidenceInterval speedup, int degree)
    {
        double share = 100.0 / degree;
        return new ConfidenceInterval(share * speedup.Estimate, share * speedup.Low, share * speedup.High, speedup.Coverage);
    }

    private static string Name(int degree) => Counted.Of(degree, "process");
}
