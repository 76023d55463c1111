namespace ServerlessConcurrency.Core.Queueing;

/// <summary>
/// The storage account behind model <c>queue</c>: opened once by the program that sends the tasks and once by each process
/// that executes them.
/// </summary>
public interface IQueueBackend
{
    /// <summary>Where queue workers put task attempts.</summary>
    ITaskResults Results { get; }

    /// <summary>
    /// Opens the queue of one experiment; does not create it. Every experiment has a queue of its own, so that programs which
    /// share an account never execute each other's tasks.
    /// </summary>
    ITaskQueue OpenQueue(string experimentId);
}
