using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Claims.Runs;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Claims.InputOutput;

/// <summary>C5: tasks that wait, on threads against one after another.</summary>
internal sealed class ThreadsForWaitsClaim(int threads, PythonScript script, int waitMs = 5) : Claim
{
    /// <summary>A speed-up from which threads help: waits of which not even every tenth overlaps with another are no help.</summary>
    public const double Help = 1.1;

    private const int Tasks = 8;
    private const int FileKiB = 256;
    private const string Unit = "times";

    // Whether flushes of several files overlap is up to the disk: shown, and no condition.
    private static readonly (string Kind, bool IsWait)[] Workloads =
        [(DelayWorkload.WorkloadKind, true), (HttpWorkload.WorkloadKind, true), (FileWorkload.WorkloadKind, false)];

    public ThreadsForWaitsClaim()
        : this(Tasks, PythonScript.Load("waits"))
    {
    }

    public override string Id => "C5";

    public override string Statement => "Threads help I/O-bound work: while one waits, others run";

    public override async Task<ClaimEvidence> MeasureDotNetAsync(ClaimContext context, CancellationToken cancellationToken)
    {
        ExperimentDocument document = await context.Models.RunAsync(
            new ExperimentSpec
            {
                Workloads = [.. Measurable(context).Select(workload => new WorkloadSpec(workload.Kind, SizeOf(workload), Tasks))],
                Models = [SequentialModel.ModelId, ThreadsModel.ModelId],
                Degree = threads,
                Rounds = Rounds(context),
                Seed = context.Seed,
            },
            cancellationToken);
        return Judge(context, kind => PairedSpeedup.Of(
            document with { Runs = [.. document.Runs.Where(run => run.Workload == kind)] }, ThreadsModel.ModelId));
    }

    public override async Task<ClaimEvidence> MeasurePythonAsync(
        ClaimContext context, PythonInterpreter python, CancellationToken cancellationToken)
    {
        Dictionary<string, SpeedupTimes> times = await python.RunAsync<Dictionary<string, SpeedupTimes>>(
            script,
            new
            {
                Workloads = Measurable(context).ToDictionary(workload => workload.Kind, SizeOf),
                Tasks,
                Threads = threads,
                Rounds = Rounds(context),
                context.Seed,
                context.Folder,
                Server = context.Workloads.HttpServer?.AbsoluteUri,
            },
            cancellationToken);
        return Judge(context, kind => PairedSpeedup.Of(times[kind].Parallel, times[kind].Sequential, context.Seed));
    }

    /// <summary>Decides: threads are faster by more than <see cref="Help"/> for everything that only waits.</summary>
    internal static ClaimEvidence Judge(ClaimContext context, Func<string, ConfidenceInterval> speedupOf)
    {
        (string Kind, bool IsWait, ConfidenceInterval Speedup)[] measured =
            [.. Measurable(context).Select(workload => (workload.Kind, workload.IsWait, speedupOf(workload.Kind)))];
        return ClaimEvidence.Decide(
            [
                .. measured.Where(workload => workload.IsWait).Select(workload => ClaimCriterion.Above(
                    $"threads that wait ({workload.Kind}) are faster than one after another", Unit, workload.Speedup, Help)
                    .Saying(figure => $"On threads, tasks that wait ({workload.Kind}) ran {figure} as fast as one after another.")),
            ],
            [
                .. measured.Select(workload => ClaimFigure.Of(
                    $"speed-up of {Tasks} tasks on threads over one after another",
                    workload.Kind,
                    Unit,
                    workload.Speedup,
                    bound: workload.IsWait ? Help : null)),
            ],
            [
                .. context.Workloads.HttpServer is null ? ["http was not measured: there is no server on the loopback interface"] : (string[])[],
                "file is no condition: whether flushes of several files overlap is up to the disk",
            ]);
    }

    private static IEnumerable<(string Kind, bool IsWait)> Measurable(ClaimContext context) =>
        Workloads.Where(workload => workload.Kind != HttpWorkload.WorkloadKind || context.Workloads.HttpServer is not null);

    private int SizeOf((string Kind, bool IsWait) workload) => workload.IsWait ? waitMs : FileKiB;

    private static int Rounds(ClaimContext context) => context.Choose(quick: 6, full: 30);
}
