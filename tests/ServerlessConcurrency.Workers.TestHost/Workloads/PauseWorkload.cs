using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Workers.TestHost.Workloads;

/// <summary>Sleeps; the size is in ms.</summary>
public sealed class PauseWorkload : TestWorkload
{
    /// <inheritdoc/>
    public override string Kind => "pause";

    /// <inheritdoc/>
    public override long WarmUpSize(long size) => 1;

    /// <inheritdoc/>
    public override ulong Execute(TaskInput task, Execution execution)
    {
        Thread.Sleep((int)task.Size);
        return Checksum.Start(task);
    }
}
