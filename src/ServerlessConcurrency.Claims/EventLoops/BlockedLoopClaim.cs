using System.Diagnostics;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Claims.EventLoops;

/// <summary>C7: how long a short task on an event loop has to wait while a long one computes there.</summary>
/// <param name="computesOnLoop">Whether the long task computes on the loop, as it does unless somebody takes care.</param>
/// <param name="script">The CPython side.</param>
internal sealed class BlockedLoopClaim(bool computesOnLoop, PythonScript script) : Claim
{
    /// <summary>The loop counts as blocked where a short task waits for more than half of the long one, in percent.</summary>
    public const double BlockedShare = 50;

    private const string Milliseconds = "ms";

    // The long task computes so many tasks of this size, for some 50 ms on either side.
    private const int Size = 50_000;
    private const int DotNetRepeats = 40;
    private const int PythonRepeats = 1;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan IdleTime = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    /// <summary>Creates the claim.</summary>
    public BlockedLoopClaim()
        : this(computesOnLoop: true, PythonScript.Load("blocked_loop"))
    {
    }

    /// <inheritdoc/>
    public override string Id => "C7";

    /// <inheritdoc/>
    public override string Statement => "A task that computes blocks the event loop";

    /// <inheritdoc/>
    public override async Task<ClaimEvidence> MeasureDotNetAsync(ClaimContext context, CancellationToken cancellationToken) => Judge(
        context,
        await Task.Factory.StartNew(
            () => Measure(context, cancellationToken),
            cancellationToken,
            TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
            TaskScheduler.Default));

    /// <inheritdoc/>
    public override async Task<ClaimEvidence> MeasurePythonAsync(
        ClaimContext context, PythonInterpreter python, CancellationToken cancellationToken) => Judge(
        context,
        await python.RunAsync<BlockedLoopTimes>(
            script,
            new { Size, Repeats = PythonRepeats, Rounds = Rounds(context), context.Seed, IdleSeconds = IdleTime.TotalSeconds, PauseSeconds = Pause.TotalSeconds },
            Limit,
            cancellationToken));

    private BlockedLoopTimes Measure(ClaimContext context, CancellationToken cancellationToken)
    {
        var workload = new PrimesWorkload();
        List<double> longTask = [], idle = [], onLoop = [], offLoop = [];
        new EventLoop().Run(async () =>
        {
            // The first round compiles everything and is not kept.
            for (int round = 0; round <= Rounds(context); round++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                TimeSpan quiet = await LongestDelayWhileAsync(() => Task.Delay(IdleTime, cancellationToken));
                TimeSpan computed = TimeSpan.Zero;
                TimeSpan blocked = await LongestDelayWhileAsync(async () =>
                    computed = computesOnLoop ? Compute() : await ComputeOffLoopAsync());
                TimeSpan free = await LongestDelayWhileAsync(ComputeOffLoopAsync);
                if (round == 0)
                    continue;
                longTask.Add(computed.TotalSeconds);
                idle.Add(quiet.TotalSeconds);
                onLoop.Add(blocked.TotalSeconds);
                offLoop.Add(free.TotalSeconds);
            }
        });
        return new BlockedLoopTimes(longTask, idle, onLoop, offLoop);

        // Not on the pool, which also has to tell the loop that a short task has waited long enough.
        Task<TimeSpan> ComputeOffLoopAsync() => Task.Factory.StartNew(
            Compute, cancellationToken, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);

        TimeSpan Compute()
        {
            long began = Stopwatch.GetTimestamp();
            var execution = new Execution(CancellationToken.None);
            for (int index = 0; index < DotNetRepeats; index++)
                workload.Execute(new TaskInput(Size, index, context.Seed), execution);
            return Stopwatch.GetElapsedTime(began);
        }
    }

    /// <summary>By how much the slowest of the short tasks was late, which run one after another while another task is under way.</summary>
    private static async Task<TimeSpan> LongestDelayWhileAsync(Func<Task> begin)
    {
        TimeSpan longest = TimeSpan.Zero;
        // A short task is under way when the other one begins.
        Task first = ShortTaskAsync();
        Task other = begin();
        await first;
        while (!other.IsCompleted)
            await ShortTaskAsync();
        await other;
        return longest;

        async Task ShortTaskAsync()
        {
            long began = Stopwatch.GetTimestamp();
            await Task.Delay(Pause);
            TimeSpan late = Stopwatch.GetElapsedTime(began) - Pause;
            longest = late > longest ? late : longest;
        }
    }

    private static ClaimEvidence Judge(ClaimContext context, BlockedLoopTimes times)
    {
        ConfidenceInterval share = BootstrapInterval.OfMedian(
            [.. times.OnLoop.Zip(times.LongTask, (late, computed) => 100 * late / computed)], context.Seed);
        const string Chart = "longest delay of a short task";
        return ClaimEvidence.Decide(
            [ClaimCriterion.Above("the longest delay of a short task, as a share of the long one", ClaimCriterion.Percent, share, BlockedShare)],
            [
                ClaimFigure.Of(Chart, "nothing computes", Milliseconds, Median(times.Idle)),
                ClaimFigure.Of(Chart, "computing on the loop", Milliseconds, Median(times.OnLoop)),
                ClaimFigure.Of(Chart, "computing on another thread", Milliseconds, Median(times.OffLoop)),
                ClaimFigure.Of(Chart, "the long task itself", Milliseconds, Median(times.LongTask)),
            ]);
    }

    private static ConfidenceInterval Median(IReadOnlyList<double> seconds) => MedianInterval.Of(seconds.Select(value => 1_000 * value));

    private static int Rounds(ClaimContext context) => context.Choose(quick: 10, full: 60);
}
