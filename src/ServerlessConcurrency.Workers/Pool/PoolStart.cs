using System.Diagnostics;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Workers.Pool;

/// <summary>Makes workers ready for a run: former ones, and new ones where those are too few or do not answer.</summary>
/// <param name="died">Called on a worker's thread when its process has ended.</param>
internal sealed class PoolStart(
    Func<CancellationToken, Task<WorkerProcess>> startProcess, Action<PoolWorker, BatchWork?, WorkerDeath> died)
{
    /// <summary>How many starts overlap.</summary>
    public static int AtOnce { get; } = 2 * Environment.ProcessorCount;

    /// <summary>Makes as many ready as the run's degree, side by side.</summary>
    /// <param name="former">Workers that are there; those that are not needed are left in it.</param>
    public Task<PoolWorker>[] ReadyAll(PoolAssignment assignment, Queue<PoolWorker> former, CancellationToken cancellationToken)
    {
        // More starts at a time than this would only make each of them slower. Its wait handle is not asked for: nothing to dispose of.
        var turn = new SemaphoreSlim(AtOnce);
        long asked = Stopwatch.GetTimestamp();
        return
        [
            .. Enumerable.Range(0, assignment.Run.Degree).Select(_ => ReadyInTurnAsync(
                assignment, former.TryDequeue(out PoolWorker? worker) ? worker : null, turn, asked, cancellationToken)),
        ];
    }

    /// <summary>Makes one ready, in as many attempts as <see cref="WorkerStart"/> allows.</summary>
    /// <param name="former">A worker that is there; null: a new one.</param>
    /// <param name="asked">When its start was asked for.</param>
    /// <exception cref="WorkerStartException">No attempt succeeded.</exception>
    public Task<PoolWorker> ReadyAsync(PoolAssignment assignment, PoolWorker? former, long asked, CancellationToken cancellationToken) =>
        WorkerStart.PersistentlyAsync(async () =>
        {
            PoolWorker? worker = former;
            former = null;
            try
            {
                worker ??= new PoolWorker(await startProcess(cancellationToken), Stopwatch.GetElapsedTime(asked), died);
                await worker.BeginRunAsync(assignment, cancellationToken);
                return worker;
            }
            catch (Exception exception)
            {
                if (worker is not null)
                    await worker.StopAsync();
                // One that died warming up, or hung, does so once more in the run, which tells of it.
                if (exception is WorkerStartException && worker is not null)
                    assignment = assignment with { IsReplacement = true };
                throw;
            }
        });

    private async Task<PoolWorker> ReadyInTurnAsync(
        PoolAssignment assignment, PoolWorker? former, SemaphoreSlim turn, long asked, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await ReadyAsync(assignment, former, asked, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }
}
