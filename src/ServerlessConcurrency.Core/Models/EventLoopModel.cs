using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Models;

/// <summary>
/// One thread and an event loop, as in Python's asyncio or Node.js: every task is started at once, awaits interleave, and a
/// task that computes keeps all others waiting.
/// </summary>
public sealed class EventLoopModel : ConcurrencyModel
{
    public const string ModelId = "event-loop";

    public override ModelTraits Traits { get; } = new(ModelId)
    {
        Complexity = 40,
        IsSingleThreaded = true,
    };

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
