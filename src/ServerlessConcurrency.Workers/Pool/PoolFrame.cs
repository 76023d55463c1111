namespace ServerlessConcurrency.Workers.Pool;

/// <summary>The kinds of frames between a pool and its workers, after the handshake.</summary>
internal static class PoolFrame
{
    /// <summary>To the worker: <see cref="PoolAssignment"/> as JSON. All tasks that follow belong to this run.</summary>
    public const byte BeginRun = 16;

    /// <summary>From the worker: the run has begun; <see cref="RunBegun"/> as JSON.</summary>
    public const byte RunBegun = 17;

    /// <summary>To the worker: execute a task, see <see cref="TaskFrame"/>.</summary>
    public const byte Task = 18;

    /// <summary>From the worker: a task's result, in the order of the tasks, see <see cref="ResultFrame"/>.</summary>
    public const byte Result = 19;

    /// <summary>To the worker: say what the run has used.</summary>
    public const byte EndRun = 20;

    /// <summary>From the worker: <see cref="Core.Measurement.ResourceUsage"/> as JSON.</summary>
    public const byte RunEnded = 21;
}
