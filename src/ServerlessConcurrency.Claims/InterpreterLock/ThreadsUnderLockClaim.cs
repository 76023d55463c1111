using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Claims.InterpreterLock;

/// <summary>C4: CPU-bound tasks on threads against the same tasks one after another.</summary>
/// <param name="emulation">The model that stands for threads under a lock.</param>
/// <param name="script">The CPython side.</param>
internal sealed class ThreadsUnderLockClaim(string emulation, PythonScript script) : ParallelWorkClaim(ThreadsModel.ModelId, emulation)
{
    /// <summary>Creates the claim.</summary>
    public ThreadsUnderLockClaim()
        : this(GilThreadsModel.ModelId, PythonScript.Load("speedup"))
    {
    }

    /// <inheritdoc/>
    public override string Id => "C4";

    /// <inheritdoc/>
    public override string Statement =>
        "Under a global interpreter lock, threads give an illusion of parallelism: no speed-up for CPU-bound work";

    /// <inheritdoc/>
    protected override async Task<ClaimEvidence> MeasureModelAsync(ClaimContext context, string model, CancellationToken cancellationToken) =>
        Judge(model, await SpeedupExperiment.OfModelAsync(context, model, cancellationToken));

    /// <inheritdoc/>
    protected override async Task<ClaimEvidence> MeasureScriptAsync(
        ClaimContext context, PythonInterpreter python, CancellationToken cancellationToken) =>
        Judge("threads", await SpeedupExperiment.OfPythonAsync(context, python, script, "threads", cancellationToken));

    private static ClaimEvidence Judge(string threads, ConfidenceInterval speedup) => ClaimEvidence.Decide(
        [ClaimCriterion.Below($"{threads} are no faster than one after another", SpeedupExperiment.Unit, speedup, SpeedupExperiment.NoSpeedup)],
        [ClaimFigure.Of("speed-up over one after another", threads, SpeedupExperiment.Unit, speedup)]);
}
