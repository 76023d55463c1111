using System.Runtime.CompilerServices;

namespace ServerlessConcurrency.Core.Workloads;

/// <summary>
/// Waits for the size in milliseconds, then computes for about as long. The computation is a fixed number of dependent
/// integer operations, so that it is the same work on every machine and the checksum depends on the task alone;
/// <see cref="StepsPerMillisecond"/> of them took 1 ms on the machine where the figure was taken.
/// </summary>
public sealed class MixedWorkload : Workload
{
    /// <summary>
    /// Steps of the computation for each millisecond of the size: measured on one otherwise idle core of an Intel Xeon at
    /// 2.8 GHz (Ice Lake), where a step of <see cref="Checksum.Mix"/> takes 4.1 to 4.3 ns.
    /// </summary>
    public const int StepsPerMillisecond = 240_000;

    private const int StepsPerCheckpoint = 4096;

    /// <inheritdoc/>
    public override string Kind => "mixed";

    /// <inheritdoc/>
    public override WorkloadNature Nature => WorkloadNature.Mixed;

    /// <inheritdoc/>
    public override string SizeUnit => "ms";

    /// <inheritdoc/>
    public override long MaxSize => 3_600_000;

    /// <inheritdoc/>
    public override long WarmUpSize(long size) => 1;

    /// <inheritdoc/>
    public override ulong Execute(TaskInput task, Execution execution)
    {
        DelayWorkload.BlockFor((int)task.Size, execution);
        return Compute(task, execution);
    }

    /// <inheritdoc/>
    public override async ValueTask<ulong> ExecuteAsync(TaskInput task, Execution execution)
    {
        await DelayWorkload.DelayFor((int)task.Size, execution.CancellationToken);
        return await execution.ComputeAsync(task, Compute);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong Compute(TaskInput task, Execution execution)
    {
        ulong checksum = Checksum.Start(task);
        for (long step = task.Size * StepsPerMillisecond; step > 0; step -= StepsPerCheckpoint)
        {
            long block = Math.Min(step, StepsPerCheckpoint);
            for (long inBlock = 0; inBlock < block; inBlock++)
                checksum = Checksum.Mix(checksum);
            execution.Checkpoint();
        }

        return checksum;
    }
}
