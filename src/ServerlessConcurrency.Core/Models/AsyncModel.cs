using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Models;

/// <summary>
/// <see cref="Task.WhenAll(IEnumerable{Task})"/> over the tasks on the thread pool: every wait is awaited, all at once unless the run bounds them; what
/// computes runs on the pool, at most <c>degree</c> at once.
/// </summary>
public sealed class AsyncModel : ConcurrencyModel
{
    public const string ModelId = "async";

    public override ModelTraits Traits { get; } = new(ModelId)
    {
        Complexity = 10,
        ComputesInParallel = true,
    };

    public override async Task ExecuteAsync(RunContext run)
    {
        using var computing = new SemaphoreSlim(run.Degree);
        if (run.Nature != WorkloadNature.CpuBound)
        {
            await new TaskExecutor(run, new AwaitingExecution(BlocksInCalls(run) ? null : computing, run.CancellationToken)).ExecuteAllAsync();
            return;
        }

        // The whole task computes: it begins when it gets its turn, and what it waited before counts as queue wait.
        var executor = new TaskExecutor(run, new Execution(run.CancellationToken));
        await Task.WhenAll(Enumerable.Range(0, run.Tasks).Select(index => ExecuteInTurnAsync(executor, index, computing, run.CancellationToken)));
    }

    private static async Task ExecuteInTurnAsync(
        TaskExecutor executor, int index, SemaphoreSlim computing, CancellationToken cancellationToken)
    {
        await computing.WaitAsync(cancellationToken);
        try
        {
            await Task.Run(() => executor.ExecuteAsync(index), cancellationToken);
        }
        finally
        {
            computing.Release();
        }
    }

    // A user's method that waits and does not await is a call that blocks: only the pool bounds how many do.
    private static bool BlocksInCalls(RunContext run) => run.Workload.IsOwnCode && run.Nature == WorkloadNature.IoBound;

    private sealed class AwaitingExecution(SemaphoreSlim? computing, CancellationToken cancellationToken)
        : Execution(cancellationToken)
    {
        public override async ValueTask<ulong> ComputeAsync(TaskInput task, Func<TaskInput, Execution, ulong> compute)
        {
            if (computing is not null)
                await computing.WaitAsync(CancellationToken);
            try
            {
                return await Task.Run(() => compute(task, this), CancellationToken);
            }
            finally
            {
                computing?.Release();
            }
        }
    }
}
