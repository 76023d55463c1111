using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Models;

/// <summary>
/// One thread and an event loop, as in Python's asyncio or Node.js: all tasks that may be under way are started at once, awaits interleave, and a
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
        new EventLoop().Run(executor.ExecuteAllAsync);
        return Task.CompletedTask;
    }
}
