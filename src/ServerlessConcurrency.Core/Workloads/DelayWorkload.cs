using System.Diagnostics;

namespace ServerlessConcurrency.Core.Workloads;

#pragma warning disable RS0030 // Real time is what this workload spends, whichever clock it is measured with.
/// <summary>Waits for the size in milliseconds, as a call to a slow service would, without needing one.</summary>
public sealed class DelayWorkload : Workload
{
    /// <summary>Its <see cref="Kind"/>.</summary>
    public const string WorkloadKind = "delay";

    /// <inheritdoc/>
    public override string Kind => WorkloadKind;

    /// <inheritdoc/>
    public override WorkloadNature Nature => WorkloadNature.IoBound;

    /// <inheritdoc/>
    public override string SizeUnit => "ms";

    /// <inheritdoc/>
    public override long MaxSize => 3_600_000;

    /// <inheritdoc/>
    public override long WarmUpSize(long size) => 1;

    /// <inheritdoc/>
    public override ulong Execute(TaskInput task, Execution execution)
    {
        BlockFor((int)task.Size, execution);
        return Checksum.Fold(Checksum.Start(task), (ulong)task.Size);
    }

    /// <inheritdoc/>
    public override async ValueTask<ulong> ExecuteAsync(TaskInput task, Execution execution)
    {
        await DelayFor((int)task.Size, execution.CancellationToken);
        return Checksum.Fold(Checksum.Start(task), (ulong)task.Size);
    }

    /// <summary>Blocks the calling thread; a cancelled run ends the wait.</summary>
    /// <param name="milliseconds">How long, 0 or more.</param>
    /// <param name="execution">The run's execution.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    internal static void BlockFor(int milliseconds, Execution execution)
    {
        long began = Stopwatch.GetTimestamp();
        for (int left = milliseconds; left > 0; left = Left(began, milliseconds))
        {
            execution.Wait(
                (execution.CancellationToken, left),
                static wait => wait.CancellationToken.WaitHandle.WaitOne(wait.left));
            execution.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Waits without holding a thread.</summary>
    /// <param name="milliseconds">How long, 0 or more.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends after that time, not before.</returns>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    internal static async Task DelayFor(int milliseconds, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        for (int left = milliseconds; left > 0; left = Left(began, milliseconds))
            await Task.Delay(left, cancellationToken);
    }

    // Timers count in ticks of some milliseconds and may fire one tick early: a model that awaits would win by that.
    private static int Left(long began, int milliseconds) =>
        (int)Math.Ceiling(milliseconds - Stopwatch.GetElapsedTime(began).TotalMilliseconds);
}
