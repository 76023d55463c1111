using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Models;

/// <summary>Dedicated operating system threads that call the blocking form; starting them is part of the run.</summary>
public sealed class ThreadsModel : ConcurrencyModel
{
    /// <summary>The model's id.</summary>
    public const string ModelId = "threads";

    /// <inheritdoc/>
    public override string Id => ModelId;

    /// <inheritdoc/>
    public override int DefaultDegree(WorkloadNature nature, int tasks, int processors) =>
        DefaultDegrees.OfThreads(nature, tasks, processors);

    /// <inheritdoc/>
    public override Task ExecuteAsync(RunContext run)
    {
        var executor = new TaskExecutor(run, new Execution(run.CancellationToken));
        DedicatedThreads.Run(run.Degree, Id, executor.ExecuteRemaining);
        return Task.CompletedTask;
    }
}
