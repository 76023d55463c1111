namespace ServerlessConcurrency.Workers.Hosting;

/// <summary>What a child process does once it has been configured, e.g. execute the tasks of <c>processes</c>.</summary>
public interface IWorkerRole
{
    /// <summary>The name by which the parent asks for it.</summary>
    string Name { get; }

    /// <summary>
    /// Does the work, from the first frame after the handshake on. The process ends when the returned task does, and at once,
    /// in the middle of whatever it does, when the parent closes the pipe or dies.
    /// </summary>
    /// <param name="session">The pipes to the parent, and what the parent has configured.</param>
    Task RunAsync(WorkerSession session);
}
