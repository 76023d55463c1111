namespace ServerlessConcurrency.Core.Workloads;

/// <summary>
/// A kind of work. Every concurrency model runs the same two methods: the blocking form and the awaiting form, which
/// compute the same checksum. Instances are shared by all threads of a process and hold no state of a single task.
/// </summary>
public abstract class Workload
{
    /// <summary>The name in a spec, e.g. <c>primes</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>What the workload spends its time on.</summary>
    public abstract WorkloadNature Nature { get; }

    /// <summary>Whether <see cref="Nature"/> is known; otherwise it is measured before the first run.</summary>
    public virtual bool IsNatureKnown => true;

    /// <summary>Whether it is a user's method, which may do anything: end its process, hang, print.</summary>
    public virtual bool IsOwnCode => false;

    /// <summary>Whether its checksums say what a task computed; otherwise all are 0.</summary>
    public virtual bool HasChecksum => true;

    /// <summary>What <see cref="TaskInput.Size"/> counts, e.g. <c>iterations</c>, <c>ms</c> or <c>KiB</c>.</summary>
    public abstract string SizeUnit { get; }

    /// <summary>The largest size a spec may ask for; the smallest is 1.</summary>
    public abstract long MaxSize { get; }

    /// <summary>Whether its tasks call the server at <see cref="WorkloadEnvironment.HttpServer"/>, which the engine starts for them.</summary>
    public virtual bool NeedsServer => false;

    /// <summary>Whether its tasks need the account at <see cref="WorkloadEnvironment.StorageConnection"/>.</summary>
    public virtual bool NeedsStorage => false;

    /// <summary>
    /// The size with which a task is executed only so that its code is compiled, see <c>WarmUp</c>: the same, unless a smaller one
    /// runs through the same code and merely waits less.
    /// </summary>
    /// <param name="size">The size of the tasks to come.</param>
    /// <returns>1 to <paramref name="size"/>.</returns>
    public virtual long WarmUpSize(long size) => size;

    /// <summary>Executes one task on the calling thread, which blocks while the task waits.</summary>
    /// <param name="task">The task's input.</param>
    /// <param name="execution">How the model that runs the task handles waiting, computing and cancellation.</param>
    /// <returns>The task's checksum.</returns>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public abstract ulong Execute(TaskInput task, Execution execution);

    /// <summary>Executes one task, awaiting where it waits.</summary>
    /// <param name="task">The task's input.</param>
    /// <param name="execution">How the model that runs the task handles waiting, computing and cancellation.</param>
    /// <returns>The task's checksum, the same as <see cref="Execute"/> returns.</returns>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public abstract ValueTask<ulong> ExecuteAsync(TaskInput task, Execution execution);
}
