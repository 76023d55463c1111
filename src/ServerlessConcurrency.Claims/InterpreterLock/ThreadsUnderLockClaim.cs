using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Claims.Runs;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Experiments;
using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Claims.InterpreterLock;

/// <summary>
/// C4: CPU-bound tasks on threads against the same tasks one after another. Holds where the speed-up is below
/// <see cref="IllusionBound"/>: a tenth of what the second processor would add.
/// </summary>
/// <param name="emulation">The model that stands for threads under a lock.</param>
/// <param name="script">The CPython side.</param>
internal sealed class ThreadsUnderLockClaim(string emulation, PythonScript script) : Claim
{
    /// <summary>The speed-up from which threads are no illusion.</summary>
    public const double IllusionBound = 1.1;

    private const string Chart = "speed-up over sequential";
    private const string Workload = "primes";
    private const int Size = 50_000;
    // A task takes some twenty times as long in CPython: with so many, a round takes some 100 ms on either side.
    private const int DotNetTasks = 96;
    private const int PythonTasks = 4;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    /// <summary>Creates the claim.</summary>
    public ThreadsUnderLockClaim()
        : this(GilThreadsModel.ModelId, PythonScript.Load("thread_speedup"))
    {
    }

    /// <inheritdoc/>
    public override string Id => "C4";

    /// <inheritdoc/>
    public override string Statement =>
        "Under a global interpreter lock, threads give an illusion of parallelism: no speed-up for CPU-bound work";

    /// <inheritdoc/>
    public override Task<ClaimEvidence> MeasureDotNetAsync(ClaimContext context, CancellationToken cancellationToken) =>
        MeasureModelAsync(context, ThreadsModel.ModelId, cancellationToken);

    /// <inheritdoc/>
    public override async Task<ClaimEvidence?> MeasureEmulatedAsync(ClaimContext context, CancellationToken cancellationToken) =>
        await MeasureModelAsync(context, emulation, cancellationToken);

    /// <inheritdoc/>
    public override async Task<ClaimEvidence> MeasurePythonAsync(
        ClaimContext context, PythonInterpreter python, CancellationToken cancellationToken)
    {
        if (TooFewProcessors(context) is { } reason)
            return reason;
        SpeedupTimes times = await python.RunAsync<SpeedupTimes>(
            script,
            new { Workload, Size, Tasks = PythonTasks, Degree = Degree(context), Rounds = Rounds(context), context.Seed },
            Limit,
            cancellationToken);
        return Judge("CPython threads", PairedSpeedup.Of(times.Parallel, times.Sequential, context.Seed));
    }

    private static async Task<ClaimEvidence> MeasureModelAsync(ClaimContext context, string model, CancellationToken cancellationToken)
    {
        if (TooFewProcessors(context) is { } reason)
            return reason;
        ExperimentDocument document = await context.Models.RunAsync(
            new ExperimentSpec
            {
                Workloads = [new WorkloadSpec(Workload, Size, DotNetTasks)],
                Models = [SequentialModel.ModelId, model],
                Degree = Degree(context),
                Rounds = Rounds(context),
                Seed = context.Seed,
            },
            cancellationToken);
        return Judge(model, PairedSpeedup.Of(document, model));
    }

    private static ClaimEvidence Judge(string threads, ConfidenceInterval speedup) => ClaimEvidence.Decide(
        [ClaimCriterion.Below($"{threads} are no faster than sequential", "times", speedup, IllusionBound)],
        [ClaimFigure.Of(Chart, threads, "times", speedup)]);

    // On a single processor nothing is faster, lock or not.
    private static ClaimEvidence? TooFewProcessors(ClaimContext context) => context.Environment.Processors >= 2
        ? null
        : ClaimEvidence.NotMeasurable("needs 2 processors: on one, threads are no faster, with a lock or without");

    private static int Degree(ClaimContext context) => Math.Min(context.Environment.Processors, 4);

    private static int Rounds(ClaimContext context) => context.Choose(quick: 6, full: 30);
}
