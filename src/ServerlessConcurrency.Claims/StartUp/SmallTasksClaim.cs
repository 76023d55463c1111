using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Claims.InterpreterLock;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Claims.StartUp;

/// <summary>
/// C11: tasks of ascending size in processes, over a queue and in a Durable fan-out against the same tasks one after another and on threads, and what
/// starting a thread, a task and a process takes.
/// </summary>
internal sealed class SmallTasksClaim(StartUpCosts? starts = null, PythonScript? script = null) : Claim
{
    /// <summary>How many times as long as starting a thread starting a process has to take, to count as overhead of the process.</summary>
    public const double Overhead = 2;

    private const string Workload = Sha256Workload.WorkloadKind;
    private const int Tasks = 8;

    // Runs over storage take a hundred times as long as the others do.
    private const int StorageRounds = 6;

    private static readonly (string Model, long[] Sizes)[] OverStorage =
    [
        (KnownModels.Queue.Id, [20, 2_000, 20_000, 60_000]),
        (KnownModels.Durable.Id, [20, 20_000, 100_000, 400_000]),
    ];

    public override string Id => "C11";

    public override string Statement => "Starting and managing processes has overhead that can cancel the benefit for small tasks";

    internal override IReadOnlyList<ChildScene> Scenes => [new ShareScene()];

    public override async Task<ClaimEvidence> MeasureDotNetAsync(ClaimContext context, CancellationToken cancellationToken)
    {
        List<SizeRatios> ratios = await MeasureModelAsync(
            context, KnownModels.Processes.Id, ProcessSizes(context), Rounds(context), cancellationToken);
        var remarks = new List<string>();
        foreach ((string model, long[] sizes) in OverStorage)
        {
            if (context.Quick)
                remarks.Add($"{model} was not measured: its processes take longer to get ready than a quick measurement may");
            else if (context.Models.Has(model))
                ratios.AddRange(await MeasureModelAsync(context, model, sizes, StorageRounds, cancellationToken));
            else
                remarks.Add($"{model} was not measured: there is no storage, or this engine executes its tasks in functions of their own");
        }

        return Judge(context, ratios, await (starts ?? new StartUpCosts()).MeasureAsync(context, cancellationToken), remarks);
    }

    public override async Task<ClaimEvidence> MeasurePythonAsync(
        ClaimContext context, PythonInterpreter python, CancellationToken cancellationToken)
    {
        StartUpTimes times = await python.RunAsync<StartUpTimes>(
            script ?? PythonScript.Load("small_tasks"),
            new
            {
                Workload,
                Sizes = ProcessSizes(context),
                Tasks,
                Degree = context.Environment.Processors,
                Rounds = Rounds(context),
                Starts = StartUpCosts.Starts(context),
                context.Seed,
            },
            cancellationToken);
        var ratios = new SizeRatios(
            KnownModels.Processes.Id,
            SequentialModel.ModelId,
            [
                .. ProcessSizes(context).Select(size => times.BySize[FormattableString.Invariant($"{size}")]).Zip(
                    ProcessSizes(context), (at, size) => (size, (double[])[.. at.Sequential.Zip(at.Parallel, (slow, fast) => slow / fast)])),
            ],
            context.Seed);
        return Judge(context, [ratios], times.Starts, ["queue and durable were not measured: the standard library has no client for them"]);
    }

    private static async Task<List<SizeRatios>> MeasureModelAsync(
        ClaimContext context, string model, IReadOnlyList<long> sizes, int rounds, CancellationToken cancellationToken)
    {
        var documents = new List<(long Size, ExperimentDocument Document)>();
        foreach (long size in sizes)
        {
            documents.Add((size, await context.Models.RunAsync(
                new ExperimentSpec
                {
                    Workloads = [new WorkloadSpec(Workload, size, Tasks)],
                    Models = [SequentialModel.ModelId, ThreadsModel.ModelId, model],
                    Rounds = rounds,
                    Seed = context.Seed,
                    MinRunMs = 5,
                },
                cancellationToken)));
        }

        return [Against(SequentialModel.ModelId), Against(ThreadsModel.ModelId)];

        SizeRatios Against(string reference) => new(
            model,
            reference,
            [.. documents.Select(at => (at.Size, PairedRounds.Ratios(RunsOf(at.Document, model), RunsOf(at.Document, reference))))],
            context.Seed);
    }

    private static RunResult[] RunsOf(ExperimentDocument document, string model) => [.. document.Runs.Where(run => run.Model == model)];

    private static ClaimEvidence Judge(
        ClaimContext context,
        IReadOnlyList<SizeRatios> ratios,
        IReadOnlyDictionary<string, IReadOnlyList<double>> startSeconds,
        IEnumerable<string> remarks)
    {
        SizeRatios[] overSequential = [.. ratios.Where(ratio => ratio.Reference == SequentialModel.ModelId)];
        List<ClaimCriterion> criteria =
        [
            overSequential[0].IsSlowerAtFirst,
            ClaimCriterion.Above(
                "starting a process takes longer than starting a thread",
                "times",
                BootstrapInterval.OfRatio(startSeconds[StartUpCosts.Process], startSeconds[StartUpCosts.Thread], context.Seed),
                Overhead).Saying(figure => $"Starting a process took {figure} as long as starting a thread."),
            .. overSequential.Skip(1).Select(ratio => ratio.IsSlowerAtFirst),
        ];
        // On a single processor there is no benefit to cancel.
        if (context.Environment.Processors >= 2)
            criteria.Add(overSequential[0].IsFasterInTheEnd.OnProcessors());
        return ClaimEvidence.Decide(
            criteria,
            [.. startSeconds.Select(start => ClaimFigure.Of(
                "starting and ending one", start.Key, "ms", MedianInterval.Of(start.Value.Select(seconds => 1_000 * seconds)))), .. ratios.SelectMany(ratio => ratio.Figures)],
            [.. ratios.Select(ratio => ratio.BreakEvenRemark), .. remarks]);
    }

    private static long[] ProcessSizes(ClaimContext context) => context.Quick ? [20, 8_000] : [20, 100, 500, 2_500, 10_000];

    private static int Rounds(ClaimContext context) => context.Choose(quick: 12, full: 24);
}
