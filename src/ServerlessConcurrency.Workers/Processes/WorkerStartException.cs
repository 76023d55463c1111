namespace ServerlessConcurrency.Workers.Processes;

/// <summary>A child process could not be started, or died or fell silent before it was ready.</summary>
public sealed class WorkerStartException : Exception
{
    public WorkerStartException()
    {
    }

    /// <param name="message">What was started, what happened, what it wrote to standard error, and what to do next.</param>
    public WorkerStartException(string message)
        : base(message)
    {
    }

    /// <param name="message">What was started, what happened, what it wrote to standard error, and what to do next.</param>
    public WorkerStartException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
