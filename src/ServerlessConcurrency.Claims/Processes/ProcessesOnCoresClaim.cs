using ServerlessConcurrency.Claims.InterpreterLock;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Workers.Pool;

namespace ServerlessConcurrency.Claims.Processes;

/// <summary>C8: CPU-bound tasks in child processes against the same tasks one after another.</summary>
/// <param name="model">The model that stands for processes.</param>
/// <param name="executor">What stands for them in CPython.</param>
internal sealed class ProcessesOnCoresClaim(string model, string executor) : ParallelWorkClaim(model, emulation: null)
{
    /// <summary>Creates the claim.</summary>
    public ProcessesOnCoresClaim()
        : this(ProcessesModel.ModelId, "processes")
    {
    }

    /// <inheritdoc/>
    public override string Id => "C8";

    /// <inheritdoc/>
    public override string Statement => "Multiple processes use multiple cores for CPU-bound work";

    /// <inheritdoc/>
    protected override async Task<ClaimEvidence> MeasureModelAsync(ClaimContext context, string model, CancellationToken cancellationToken) =>
        Judge(context, await SpeedupExperiment.OfModelAsync(context, model, cancellationToken));

    /// <inheritdoc/>
    protected override async Task<ClaimEvidence> MeasureScriptAsync(
        ClaimContext context, PythonInterpreter python, CancellationToken cancellationToken) =>
        Judge(context, await SpeedupExperiment.OfPythonAsync(context, python, PythonScript.Load("speedup"), executor, cancellationToken));

    private static ClaimEvidence Judge(ClaimContext context, ConfidenceInterval speedup)
    {
        int degree = SpeedupExperiment.Degree(context);
        double share = 100.0 / degree;
        var efficiency = new ConfidenceInterval(share * speedup.Estimate, share * speedup.Low, share * speedup.High, speedup.Coverage);
        return ClaimEvidence.Decide(
            [
                ClaimCriterion.Above(
                    $"{degree} processes are faster than one after another", SpeedupExperiment.Unit, speedup, SpeedupExperiment.SomeSpeedup),
            ],
            [
                ClaimFigure.Of("speed-up over one after another", $"{degree} processes", SpeedupExperiment.Unit, speedup),
                ClaimFigure.Of("speed-up by processor", $"{degree} processes", ClaimCriterion.Percent, efficiency),
            ]);
    }
}
