using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Models;

/// <summary>
/// One thread and an event loop, as in Python's asyncio or Node.js: every task is started at once, awaits interleave, and a
/// task that computes keeps all others waiting.
/// </summary>
public sealed class EventLoopModel : ConcurrencyModel
{
    /// <summary>The model's id.</summary>
    public const string ModelId = "event-loop";

    /// <inheritdoc/>
    public override string Id => ModelId;

    /// <inheritdoc/>
    public override int DefaultDegree(WorkloadNature nature, int tasks, int processors) => 1;

    /// <inheritdoc/>
    public override int EffectiveDegree(int requested) => 1;

    /// <inheritdoc/>
    public override Task ExecuteAsync(RunContext run)
    {
        var executor = new TaskExecutor(run, new Execution(run.CancellationToken));
        new EventLoop().Run(() => WhenAll(executor, run.Tasks));
        return Task.CompletedTask;
    }

    private static Task WhenAll(TaskExecutor executor, int count)
    {
        var tasks = new Task[count];
        for (int index = 0; index < count; index++)
            tasks[index] = executor.ExecuteAsync(index);
        return Task.WhenAll(tasks);
    }
}
