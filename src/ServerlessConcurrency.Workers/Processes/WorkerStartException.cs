namespace ServerlessConcurrency.Workers.Processes;

/// <summary>A child process could not be started, or died or fell silent before it was ready.</summary>
/// <param name="message">What was started, what happened, what it wrote to standard error, and what to do next.</param>
public sealed class WorkerStartException(string message, Exception? innerException = null) : Exception(message, innerException);
