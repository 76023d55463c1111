using System.Diagnostics;

namespace ServerlessConcurrency.Core.Workloads;

/// <summary>Waits for the size in milliseconds, as a call to a slow service would, without needing one.</summary>
public sealed class DelayWorkload : Workload
{
    /// <inheritdoc/>
    public override string Kind => "delay";

    /// <inheritdoc/>
    public override WorkloadNature Nature => WorkloadNature.IoBound;

    /// <inheritdoc/>
    public override string SizeUnit => "ms";

    /// <inheritdoc/>
    public override long MaxSize => 3_600_000;

    /// <inheritdoc/>
    public override ulong Execute(TaskInput task, Execution execution)
    {
        BlockFor((int)task.Size, execution);
        return Checksum.Fold(Checksum.Start(task), (ulong)task.Size);
    }

    /// <inheritdoc/>
    public override async ValueTask<ulong> ExecuteAsync(TaskInput task, Execution execution)
    {
        await Task.Delay((int)task.Size, execution.CancellationToken);
        return Checksum.Fold(Checksum.Start(task), (ulong)task.Size);
    }

    /// <summary>Blocks the calling thread; a cancelled run is noticed within 100 ms.</summary>
    /// <param name="milliseconds">How long, 0 or more.</param>
    /// <param name="execution">The run's execution.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    internal static void BlockFor(int milliseconds, Execution execution)
    {
        const int Slice = 100;
        long began = Stopwatch.GetTimestamp();
        int left = milliseconds;
        while (left > 0)
        {
            execution.Wait(Math.Min(left, Slice), static slice =>
            {
                Thread.Sleep(slice);
                return true;
            });
            execution.CancellationToken.ThrowIfCancellationRequested();
            left = milliseconds <= Slice ? 0 : milliseconds - (int)Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }
    }
}
