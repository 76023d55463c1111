using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Models;

/// <summary>One task after another on one thread: the baseline of every comparison.</summary>
public sealed class SequentialModel : ConcurrencyModel
{
    public const string ModelId = "sequential";

    public override ModelTraits Traits { get; } = new(ModelId)
    {
        Complexity = 0,
        IsSingleThreaded = true,
        Wait = TaskWait.BlocksThread,
    };

    public override Task ExecuteAsync(RunContext run)
    {
        new TaskExecutor(run, new Execution(run.CancellationToken)).ExecuteRemaining();
        return Task.CompletedTask;
    }
}
