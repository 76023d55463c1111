using System.Diagnostics;
using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Claims.Runs;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Claims.InterpreterLock;

/// <summary>
/// C12: the same CPU-bound tasks in one and in two processes, with one and with two threads in each. On two processors, two
/// processes with two threads each could be no faster anyway: that a second thread brings nothing is shown in one process, too.
/// </summary>
internal sealed class LockForEachProcessClaim(string emulation = GilThreadsModel.ModelId, PythonScript? script = null) : ParallelWorkClaim(ThreadsModel.ModelId, emulation)
{
    // Smaller tasks than those of C4: four ways are measured in each round.
    private const int Size = 12_500;

    // Long enough that the system has moved two processes apart that it woke on one processor.
    private const int DotNetTasks = 320;
    private const int PythonTasks = 4;
    private static readonly (int Processes, int Threads)[] Ways = [(1, 1), (1, 2), (2, 1), (2, 2)];

    public override string Id => "C12";

    public override string Statement =>
        "With several processes, each still has its own interpreter lock, so only one thread per process runs at a time";

    internal override IReadOnlyList<ChildScene> Scenes => [new ShareScene()];

    protected override async Task<ClaimEvidence> MeasureScriptAsync(
        ClaimContext context, PythonInterpreter python, CancellationToken cancellationToken) =>
        Judge(context, await python.RunAsync<LockForEachProcessTimes>(
            script ?? PythonScript.Load("lock_for_each_process"),
            new { SpeedupExperiment.Workload, Size, Tasks = PythonTasks, Rounds = context.Choose(quick: 24, full: 120), context.Seed },
            cancellationToken));

    protected override async Task<ClaimEvidence> MeasureModelAsync(ClaimContext context, string model, CancellationToken cancellationToken)
    {
        ClaimChild[] children = await new ShareScene().StartAllAsync(context, [null, null], cancellationToken);
        try
        {
            await using CancellationTokenRegistration first = children[0].KillOn(cancellationToken);
            await using CancellationTokenRegistration second = children[1].KillOn(cancellationToken);
            return Judge(context, await Task.Run(() => Measure(context, children, model), CancellationToken.None));
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        finally
        {
            Array.ForEach(children, child => child.Dispose());
        }
    }

    private static LockForEachProcessTimes Measure(ClaimContext context, ClaimChild[] children, string model)
    {
        List<double>[] times = [.. Ways.Select(_ => new List<double>())];
        // The first round compiles everything and is not kept.
        for (int round = 0; round <= DotNetRounds(context); round++)
        {
            // Every other round backwards, so that no way always comes after the same other.
            foreach (int way in round % 2 == 0 ? Enumerable.Range(0, Ways.Length) : Enumerable.Range(0, Ways.Length).Reverse())
            {
                double seconds = Compute(children.AsSpan(0, Ways[way].Processes), model, Ways[way].Threads, context.Seed);
                if (round > 0)
                    times[way].Add(seconds);
            }
        }

        return new LockForEachProcessTimes(times[0], times[1], times[2], times[3]);
    }

    private static double Compute(ReadOnlySpan<ClaimChild> children, string model, int threads, long seed)
    {
        int share = DotNetTasks / children.Length;
        long began = Stopwatch.GetTimestamp();
        for (int index = 0; index < children.Length; index++)
            children[index].Send(new ShareScene.Order(model, threads, Size, share, index * share, seed));
        foreach (ClaimChild child in children)
            if (child.Receive<int>() is var failed and not 0)
                throw new InvalidOperationException($"{Counted.Of(failed, "task")} of a child process failed");
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    internal static ClaimEvidence Judge(ClaimContext context, LockForEachProcessTimes times)
    {
        ConfidenceInterval secondThread = PairedSpeedup.Of(times.OneByTwo, times.OneByOne, context.Seed);
        ConfidenceInterval secondProcess = PairedSpeedup.Of(times.TwoByOne, times.OneByOne, context.Seed);
        ConfidenceInterval both = PairedSpeedup.Of(times.TwoByTwo, times.TwoByOne, context.Seed);
        const string Chart = "speed-up";
        const string Unit = SpeedupExperiment.Unit;
        return ClaimEvidence.Decide(
            [
                ClaimCriterion.Below("a second thread in a process brings nothing", Unit, secondThread, SpeedupExperiment.NoSpeedup)
                    .Saying(figure => $"With a second thread in a process, tasks ran {figure} as fast as with one.").OnProcessors(),
                ClaimCriterion.Above(
                    "a second process, which has a lock of its own, does", Unit, secondProcess, SpeedupExperiment.SomeSpeedup)
                    .Saying(figure => $"With a second process, tasks ran {figure} as fast as with one.").OnProcessors(),
                ClaimCriterion.Above(
                    "two processes are faster than two threads in one",
                    Unit,
                    PairedSpeedup.Of(times.TwoByOne, times.OneByTwo, context.Seed),
                    SpeedupExperiment.Same)
                    .Saying(figure => $"In two processes, tasks ran {figure} as fast as on two threads in one.").OnProcessors(),
                // On fewer processors four threads could be no faster than two, lock or not.
                .. context.Environment.Processors < 4
                    ? (ClaimCriterion[])[]
                    :
                    [
                        ClaimCriterion.Below("nor does a second thread in each of two processes", Unit, both, SpeedupExperiment.NoSpeedup)
                            .Saying(figure => $"With a second thread in each of two processes, tasks ran {figure} as fast as with one in each.").OnProcessors(),
                    ],
            ],
            [
                ClaimFigure.Of(Chart, "1 process × 2 threads over 1 × 1", Unit, secondThread, bound: SpeedupExperiment.NoSpeedup),
                ClaimFigure.Of(Chart, "2 processes × 1 thread over 1 × 1", Unit, secondProcess, bound: SpeedupExperiment.SomeSpeedup),
                ClaimFigure.Of(Chart, "2 processes × 2 threads over 2 × 1", Unit, both, bound: context.Environment.Processors < 4 ? null : SpeedupExperiment.NoSpeedup),
            ],
            context.Environment.Processors < 4
                ? ["2 processes × 2 threads are no condition: on fewer than 4 processors they could be no faster than 2 × 1, lock or not"]
                : []);
    }

    private static int DotNetRounds(ClaimContext context) => context.Choose(quick: 12, full: 80);
}
