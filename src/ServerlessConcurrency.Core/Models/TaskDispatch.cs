namespace ServerlessConcurrency.Core.Models;

/// <summary>How tasks reach what executes them, which also says what is billed for them.</summary>
public enum TaskDispatch
{
    /// <summary>They stay in the process: one execution of a function for all of them.</summary>
    InProcess,

    /// <summary>Over pipes to child processes, within the same execution.</summary>
    Pipe,

    /// <summary>A message for each in a storage queue, an execution for each delivery.</summary>
    QueueMessage,

    /// <summary>An activity of an orchestration for each.</summary>
    Activity,

    /// <summary>An activity of an orchestration for each share of them.</summary>
    ActivityBatch,
}
