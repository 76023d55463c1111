namespace ServerlessConcurrency.Workers.Pool;

/// <summary>A single task threw an exception in its worker process, or the process died with it.</summary>
public sealed class TaskFailedException : Exception
{
    /// <summary>Creates the exception.</summary>
    public TaskFailedException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What the task threw, or how its process ended and what it wrote to standard error.</param>
    public TaskFailedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What the task threw, or how its process ended and what it wrote to standard error.</param>
    /// <param name="innerException">Why there was no process for it.</param>
    public TaskFailedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
