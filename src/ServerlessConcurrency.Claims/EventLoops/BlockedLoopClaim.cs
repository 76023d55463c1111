using System.Diagnostics;
using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Claims.EventLoops;

/// <summary>
/// C7: by how much short tasks on an event loop are late while a long one computes there, while the same is computed on another thread,
/// and while nothing computes. The short tasks are due 1, 2, 3 ... ms after a begin, whether those before them are late or not.
/// </summary>
/// <param name="computesOnLoop">Whether the long task computes on the loop, as it does unless somebody takes care.</param>
internal sealed class BlockedLoopClaim(bool computesOnLoop = true, PythonScript? script = null) : Claim
{
    // The long task computes so many tasks of this size, for some 50 ms on either side.
    private const int Size = 50_000;
    private const int DotNetRepeats = 40;
    private const int PythonRepeats = 1;

    // The last is due before the long task has ended.
    private const int ShortTasks = 40;

    public override string Id => "C7";

    public override string Statement => "A task that computes blocks the event loop";

    public override async Task<ClaimEvidence> MeasureDotNetAsync(ClaimContext context, CancellationToken cancellationToken)
    {
        List<BlockedLoopRound> rounds = await OnOwnThreadAsync(() => Measure(context, cancellationToken), cancellationToken);
        return new BlockedLoopJudge(rounds, context.Seed).Judge();
    }

    public override async Task<ClaimEvidence> MeasurePythonAsync(
        ClaimContext context, PythonInterpreter python, CancellationToken cancellationToken)
    {
        List<BlockedLoopRound> rounds = await python.RunAsync<List<BlockedLoopRound>>(
            script ?? PythonScript.Load("blocked_loop"),
            new { Size, Repeats = PythonRepeats, ShortTasks, Rounds = Rounds(context), context.Seed },
            cancellationToken);
        return new BlockedLoopJudge(rounds, context.Seed).Judge();
    }

    private List<BlockedLoopRound> Measure(ClaimContext context, CancellationToken cancellationToken)
    {
        List<BlockedLoopRound> rounds = [];
        new EventLoop().Run(async () =>
        {
            // The first round compiles everything and is not kept.
            for (int number = -1; number < Rounds(context); number++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                BlockedLoopRound round = await MeasureRoundAsync(number, context.Seed, cancellationToken);
                if (number >= 0)
                    rounds.Add(round);
            }
        });
        return rounds;
    }

    private async Task<BlockedLoopRound> MeasureRoundAsync(int number, long seed, CancellationToken cancellationToken)
    {
        TimeSpan computed = TimeSpan.Zero;
        double[] idle = [], onLoop = [], offLoop = [];
        List<Func<Task>> ways =
        [
            async () => idle = await DelaysWhileAsync(() => Task.CompletedTask),
            async () => onLoop = await DelaysWhileAsync(async () => computed = computesOnLoop ? Compute(seed) : await OffLoopAsync()),
            async () => offLoop = await DelaysWhileAsync(OffLoopAsync),
        ];
        // Every other round goes backwards: what changes steadily meanwhile changes nothing between the ways.
        if (int.IsOddInteger(number))
            ways.Reverse();
        foreach (Func<Task> way in ways)
            await way();
        return new BlockedLoopRound(computed.TotalSeconds, idle, onLoop, offLoop);

        Task<TimeSpan> OffLoopAsync() => OnOwnThreadAsync(() => Compute(seed), cancellationToken);
    }

    /// <summary>By how much each of the short tasks was late, in seconds, which are all under way when something else begins.</summary>
    private static async Task<double[]> DelaysWhileAsync(Func<Task> begin)
    {
        Task<double>[] shortTasks = [.. Enumerable.Range(1, ShortTasks).Select(due => ShortTaskAsync(TimeSpan.FromMilliseconds(due)))];
        await begin();
        return await Task.WhenAll(shortTasks);

        static async Task<double> ShortTaskAsync(TimeSpan due)
        {
            long began = Stopwatch.GetTimestamp();
            await Task.Delay(due);
            return (Stopwatch.GetElapsedTime(began) - due).TotalSeconds;
        }
    }

    private static TimeSpan Compute(long seed)
    {
        var workload = new PrimesWorkload();
        long began = Stopwatch.GetTimestamp();
        var execution = new Execution(CancellationToken.None);
        for (int index = 0; index < DotNetRepeats; index++)
            workload.Execute(new TaskInput(Size, index, seed), execution);
        return Stopwatch.GetElapsedTime(began);
    }

    // Not on the pool, which also has to tell the loop that a short task has waited long enough.
    private static Task<T> OnOwnThreadAsync<T>(Func<T> run, CancellationToken cancellationToken) => Task.Factory.StartNew(
        run, cancellationToken, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);

    private static int Rounds(ClaimContext context) => context.Choose(quick: 10, full: 60);
}
