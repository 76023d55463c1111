using System.Collections.Concurrent;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Measurement;

/// <summary>
/// Sees to it that a process executes the tasks of a run with code that is compiled already: before its first run of a workload it
/// executes a task again and again, unmeasured, until nothing more is compiled. One for each process, or for each set of workloads.
/// </summary>
public sealed class WarmUp
{
    /// <summary>How long each form of a workload is executed at most; a longer task is cut off.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    // No run has a task of this index.
    private const int Index = int.MaxValue;

    private readonly ConcurrentDictionary<(string Kind, long Size, bool IsAwaiting), bool> _warm = new();

    /// <summary>Executes tasks in their blocking form on the calling thread, unless that was done before.</summary>
    /// <param name="first">The first of the run's tasks; where its size only means waiting, a smaller one is executed.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void UntilSteady(Workload workload, TaskInput first, CancellationToken cancellationToken = default) =>
        UntilSteadyAsync(workload, first, isAwaiting: false, cancellationToken).GetAwaiter().GetResult();

    /// <summary>
    /// Executes tasks in both forms, unless that was done before. May be called by several threads at once only for what is warm.
    /// </summary>
    /// <param name="first">The first of the run's tasks; where its size only means waiting, a smaller one is executed.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task UntilSteadyAsync(Workload workload, TaskInput first, CancellationToken cancellationToken = default)
    {
        UntilSteady(workload, first, cancellationToken);
        await UntilSteadyAsync(workload, first, isAwaiting: true, cancellationToken);
    }

    /// <summary>Whether <see cref="UntilSteadyAsync(Workload, TaskInput, CancellationToken)"/> has nothing to do.</summary>
    /// <returns>True once both forms were executed until nothing more was compiled, or for as long as is allowed.</returns>
    public bool IsWarm(Workload workload, long size) => _warm.ContainsKey((workload.Kind, size, true));

    // Stays on the calling thread unless the workload awaits something.
    private async Task UntilSteadyAsync(Workload workload, TaskInput first, bool isAwaiting, CancellationToken cancellationToken)
    {
        if (_warm.ContainsKey((workload.Kind, first.Size, isAwaiting)))
            return;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Longest);
        var execution = new Execution(limit.Token);
        var watch = new CompilationWatch();
        do
        {
            // A user's method is promised an index below the number of tasks.
            TaskInput task = workload.IsOwnCode ? first : new TaskInput(workload.WarmUpSize(first.Size), Index, Seed: 0);
            try
            {
                _ = isAwaiting ? await workload.ExecuteAsync(task, execution) : workload.Execute(task, execution);
            }
            catch (Exception)
            {
                // It was cut off; or it cannot be executed at all, which the run will tell.
            }
        }
        while (!watch.IsSettled() && !limit.IsCancellationRequested);
        cancellationToken.ThrowIfCancellationRequested();
        _warm[(workload.Kind, first.Size, isAwaiting)] = true;
    }
}
