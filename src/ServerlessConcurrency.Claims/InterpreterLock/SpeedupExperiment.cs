using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Claims.Runs;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Claims.InterpreterLock;

/// <summary>CPU-bound tasks one after another and in parallel, in turn: how many times as fast the parallel way is.</summary>
internal static class SpeedupExperiment
{
    /// <summary>A speed-up below it is none: less than a fifth of what the second processor would add.</summary>
    public const double NoSpeedup = 1.2;

    /// <summary>A speed-up above it is one, which takes more than one processor.</summary>
    public const double SomeSpeedup = 1.05;

    public const double Same = 1;

    public const string Unit = "times";

    public const string Workload = PrimesWorkload.WorkloadKind;

    public const int Size = 25_000;

    // A task takes about a twentieth in .NET of what it takes in CPython: so many make a round of the same length.
    private const int DotNetTasksForEach = 36;

    // Two for each: with one, a worker that begins late would make the whole round late.
    private const int PythonTasksForEach = 2;

    private const int MostAtOnce = 8;

    /// <summary>How many threads or processes work: as many as there are processors, up to 8.</summary>
    public static int Degree(ClaimContext context) => Math.Min(context.Environment.Processors, MostAtOnce);

    /// <summary>The times of a model and of <c>sequential</c>.</summary>
    /// <param name="control">A model that surely has no lock, measured in the same rounds; null for none.</param>
    public static async Task<SpeedupTimes> OfModelAsync(
        ClaimContext context, string model, string? control, int degree, CancellationToken cancellationToken)
    {
        ExperimentDocument document = await context.Models.RunAsync(
            new ExperimentSpec
            {
                Workloads = [new WorkloadSpec(Workload, Size, DotNetTasksForEach * Degree(context))],
                Models = control is null ? [SequentialModel.ModelId, model] : [SequentialModel.ModelId, model, control],
                Degree = degree,
                Rounds = context.Choose(quick: 14, full: 120),
                Seed = context.Seed,
            },
            cancellationToken);
        return SpeedupTimes.Of(document, model, control);
    }

    /// <summary>The times of CPython's threads or processes and of its tasks one after another.</summary>
    public static Task<SpeedupTimes> OfPythonAsync(
        ClaimContext context,
        PythonInterpreter python,
        PythonScript script,
        (string Executor, bool Control) way,
        int degree,
        CancellationToken cancellationToken) => python.RunAsync<SpeedupTimes>(
        script,
        new
        {
            way.Executor,
            way.Control,
            Workload,
            Size,
            Tasks = PythonTasksForEach * Degree(context),
            Degree = degree,
            Rounds = context.Choose(quick: 14, full: 80),
            context.Seed,
        },
        cancellationToken);
}
