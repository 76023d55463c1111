namespace ServerlessConcurrency.Workers.Processes;

/// <summary>A child process could not be started, or died or fell silent before it was ready.</summary>
public sealed class WorkerStartException : Exception
{
    /// <summary>Creates the exception.</summary>
    public WorkerStartException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was started, what happened, what it wrote to standard error, and what to do next.</param>
    public WorkerStartException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was started, what happened, what it wrote to standard error, and what to do next.</param>
    /// <param name="innerException">What the system said.</param>
    public WorkerStartException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
