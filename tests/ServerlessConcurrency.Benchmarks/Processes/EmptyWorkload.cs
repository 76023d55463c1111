using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Benchmarks.Processes;

/// <summary>Does nothing: what remains is what a model costs.</summary>
internal sealed class EmptyWorkload : Workload
{
    public const string Name = "empty";

    public override string Kind => Name;

    public override WorkloadNature Nature => WorkloadNature.CpuBound;

    public override string SizeUnit => "";

    public override long MaxSize => 1;

    public override ulong Execute(TaskInput task, Execution execution) => (ulong)task.Index;

    public override ValueTask<ulong> ExecuteAsync(TaskInput task, Execution execution) => new((ulong)task.Index);
}
