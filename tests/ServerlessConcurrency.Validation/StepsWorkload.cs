using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Validation;

/// <summary>
/// Computes a number of equal steps, so that its time is known to grow with its size by the same factor; its checksum does not depend on the size.
/// </summary>
internal sealed class StepsWorkload : Workload
{
    public const string Id = "steps";

    public override string Kind => Id;

    public override WorkloadNature Nature => WorkloadNature.CpuBound;

    public override string SizeUnit => "steps";

    public override long MaxSize => 1_000_000_000;

    public override ulong Execute(TaskInput task, Execution execution)
    {
        ulong value = Checksum.Start(task);
        for (long step = 0; step < task.Size; step++)
            value = (value * 6364136223846793005) + 1442695040888963407;
        // Hardly ever zero, which the compiler does not know: the steps have to be computed.
        return value == 0 ? 0 : Checksum.Start(task);
    }

    public override ValueTask<ulong> ExecuteAsync(TaskInput task, Execution execution) => execution.ComputeAsync(task, Execute);
}
