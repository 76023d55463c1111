namespace ServerlessConcurrency.Core.Runs;

/// <summary>How a task attempt ended.</summary>
public enum TaskOutcome
{
    /// <summary>It returned a checksum.</summary>
    Succeeded,

    /// <summary>The workload threw an exception.</summary>
    Failed,

    /// <summary>Its process died before the result arrived; the task is tried again, unless it was the last attempt.</summary>
    Lost,

    /// <summary>It outlived the task timeout and its process was killed; the task is tried again, unless it was the last attempt.</summary>
    TimedOut,

    /// <summary>It succeeded, but another attempt at the same task had been counted already.</summary>
    Duplicate,
}
