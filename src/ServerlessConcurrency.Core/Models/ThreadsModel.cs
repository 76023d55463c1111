using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Models;

/// <summary>Dedicated operating system threads that call the blocking form; starting them is part of the run.</summary>
public sealed class ThreadsModel : ConcurrencyModel
{
    public const string ModelId = "threads";

    public override ModelTraits Traits { get; } = new(ModelId)
    {
        Complexity = 30,
        ComputesInParallel = true,
        Wait = TaskWait.BlocksThread,
    };

    public override Task ExecuteAsync(RunContext run)
    {
        var executor = new TaskExecutor(run, new Execution(run.CancellationToken));
        DedicatedThreads.Run(run.Degree, Id, executor.ExecuteRemaining);
        return Task.CompletedTask;
    }
}
