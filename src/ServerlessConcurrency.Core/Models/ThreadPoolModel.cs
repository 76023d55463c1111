using System.Collections.Concurrent;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Models;

/// <summary>
/// <see cref="Parallel.ForEach{TSource}(Partitioner{TSource}, ParallelOptions, Action{TSource})"/> on the thread pool, with blocking calls.
/// The pool is left as a program finds it: with more blocked tasks than processors it adds threads only slowly.
/// </summary>
public sealed class ThreadPoolModel : ConcurrencyModel
{
    public override ModelTraits Traits { get; } = new("thread-pool")
    {
        Complexity = 20,
        ComputesInParallel = true,
        Wait = TaskWait.BlocksPoolThread,
    };

    public override Task ExecuteAsync(RunContext run)
    {
        var executor = new TaskExecutor(run, new Execution(run.CancellationToken));
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = run.Degree,
            CancellationToken = run.CancellationToken,
        };
        // Without buffering, a thread takes one task at a time: a chunk of long tasks would leave the others idle.
        OrderablePartitioner<int> tasks = Partitioner.Create(
            Enumerable.Range(0, run.Tasks), EnumerablePartitionerOptions.NoBuffering);
        Parallel.ForEach(tasks, options, executor.Execute);
        return Task.CompletedTask;
    }
}
