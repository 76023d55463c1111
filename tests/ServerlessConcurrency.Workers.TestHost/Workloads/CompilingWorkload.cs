using System.Runtime;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Workers.TestHost.Workloads;

/// <summary>Its checksum tells how many methods the runtime compiled for the task, on its thread.</summary>
public sealed class CompilingWorkload : TestWorkload
{
    /// <inheritdoc/>
    public override string Kind => "compiles";

    /// <inheritdoc/>
    public override ulong Execute(TaskInput task, Execution execution)
    {
        long before = JitInfo.GetCompiledMethodCount(currentThread: true);
        // Generic over structures of this program: compiled here for the first time, whatever the framework brings along.
        var counts = new Dictionary<TaskInput, Half>();
        for (int index = 0; index < 100; index++)
            counts[task with { Index = index }] = (Half)index;
        GC.KeepAlive(counts.OrderBy(pair => pair.Value).ToArray());
        return (ulong)(JitInfo.GetCompiledMethodCount(currentThread: true) - before);
    }
}
