using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Workers.TestHost.Workloads;

/// <summary>A workload of the tests: only the blocking form matters.</summary>
public abstract class TestWorkload : Workload
{
    /// <inheritdoc/>
    public override WorkloadNature Nature => WorkloadNature.CpuBound;

    /// <inheritdoc/>
    public override string SizeUnit => "";

    /// <inheritdoc/>
    public override long MaxSize => long.MaxValue;

    /// <inheritdoc/>
    public override ValueTask<ulong> ExecuteAsync(TaskInput task, Execution execution) => new(Execute(task, execution));
}
