using System.Collections.Concurrent;
using System.Globalization;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Claims.Waiting;

/// <summary>
/// The workload <c>delay</c>, reduced to the wait itself, which looks at the process when the last of its tasks has begun to wait.
/// </summary>
internal sealed class GatheredWait(int tasks, GatheredWait.Way loopWaits) : Workload
{
    private readonly ConcurrentDictionary<int, bool> _threads = new();
    private int _begun;
    private int _waiting;
    private int _waitingAtOnce;

    /// <summary>How many threads tasks went on with when their wait was over.</summary>
    public int TaskThreads => _threads.Count;

    public int WaitingAtOnce => Volatile.Read(ref _waitingAtOnce);

    /// <summary>The threads of the process when all tasks had begun; null where the system does not tell.</summary>
    public int? ProcessThreads { get; private set; }

    public override string Kind => DelayWorkload.WorkloadKind;

    public override WorkloadNature Nature => WorkloadNature.IoBound;

    public override string SizeUnit => "ms";

    public override long MaxSize => int.MaxValue;

    public override ulong Execute(TaskInput task, Execution execution)
    {
        BeginToWait();
        Thread.Sleep((int)task.Size);
        EndToWait();
        return 0;
    }

    public override async ValueTask<ulong> ExecuteAsync(TaskInput task, Execution execution)
    {
        if (loopWaits == Way.Blocking)
            return Execute(task, execution);
        if (loopWaits == Way.OnThreads)
        {
            return await Task.Factory
                .StartNew(() => Execute(task, execution), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                .ConfigureAwait(false);
        }

        BeginToWait();
        await Task.Delay((int)task.Size, execution.CancellationToken);
        EndToWait();
        return 0;
    }

    private void BeginToWait()
    {
        int waiting = Interlocked.Increment(ref _waiting);
        int most;
        while (waiting > (most = Volatile.Read(ref _waitingAtOnce))
            && Interlocked.CompareExchange(ref _waitingAtOnce, waiting, most) != most)
        {
        }

        if (Interlocked.Increment(ref _begun) == tasks)
            ProcessThreads = CountThreads();
    }

    private void EndToWait()
    {
        Interlocked.Decrement(ref _waiting);
        _threads.TryAdd(Environment.CurrentManagedThreadId, true);
    }

    private static int? CountThreads() =>
        ProcStatus.Find("Threads") is { } threads ? int.Parse(threads, CultureInfo.InvariantCulture) : null;

    /// <summary>How tasks that are awaited wait.</summary>
    internal enum Way
    {
        /// <summary>They await, as they should.</summary>
        Awaiting,

        /// <summary>They block the loop: for tests.</summary>
        Blocking,

        /// <summary>Each waits on a thread of its own and ends there: for tests.</summary>
        OnThreads,
    }
}
