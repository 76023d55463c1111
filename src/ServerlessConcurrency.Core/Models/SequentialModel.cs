using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Models;

/// <summary>One task after another on one thread: the baseline of every comparison.</summary>
public sealed class SequentialModel : ConcurrencyModel
{
    /// <summary>The model's id.</summary>
    public const string ModelId = "sequential";

    /// <inheritdoc/>
    public override string Id => ModelId;

    /// <inheritdoc/>
    public override int DefaultDegree(WorkloadNature nature, int tasks, int processors) => 1;

    /// <inheritdoc/>
    public override int EffectiveDegree(int requested) => 1;

    /// <inheritdoc/>
    public override Task ExecuteAsync(RunContext run)
    {
        new TaskExecutor(run, new Execution(run.CancellationToken)).ExecuteRemaining();
        return Task.CompletedTask;
    }
}
