using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Workers.TestHost.Workloads;

/// <summary>Does nothing.</summary>
public sealed class EmptyWorkload : TestWorkload
{
    /// <inheritdoc/>
    public override string Kind => "empty";

    /// <inheritdoc/>
    public override ulong Execute(TaskInput task, Execution execution) => Checksum.Start(task);
}
