using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Models;

/// <summary>
/// Dedicated threads under one process-wide lock, released around every wait and at every switch interval: what a global
/// interpreter lock costs, shown in .NET.
/// </summary>
public sealed class GilThreadsModel : ConcurrencyModel
{
    /// <summary>The switch interval: 5 ms, CPython's default (sys.getswitchinterval).</summary>
    public static readonly TimeSpan SwitchInterval = TimeSpan.FromMilliseconds(5);

    public const string ModelId = "gil-threads";

    public override ModelTraits Traits { get; } = new(ModelId)
    {
        IsDemonstration = true,
        Wait = TaskWait.BlocksThread,
    };

    public override Task ExecuteAsync(RunContext run)
    {
        var interpreter = new InterpreterLock(SwitchInterval);
        var executor = new TaskExecutor(run, new LockedExecution(interpreter, run.CancellationToken));
        DedicatedThreads.Run(run.Degree, Id, () =>
        {
            interpreter.Acquire();
            try
            {
                executor.ExecuteRemaining();
            }
            finally
            {
                interpreter.Release();
            }
        });
        return Task.CompletedTask;
    }

    private sealed class LockedExecution(InterpreterLock interpreter, CancellationToken cancellationToken)
        : Execution(cancellationToken)
    {
        public override void Checkpoint()
        {
            base.Checkpoint();
            interpreter.Checkpoint();
        }

        public override TResult Wait<TState, TResult>(TState state, Func<TState, TResult> wait)
        {
            interpreter.Release();
            try
            {
                return wait(state);
            }
            finally
            {
                interpreter.Acquire();
            }
        }
    }
}
