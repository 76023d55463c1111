namespace ServerlessConcurrency.Core.Models;

/// <summary>What a task does while it waits.</summary>
public enum TaskWait
{
    /// <summary>It awaits, and holds no thread.</summary>
    Awaits,

    /// <summary>It blocks a thread that is there for it.</summary>
    BlocksThread,

    /// <summary>It blocks a thread of the pool, which adds others only slowly.</summary>
    BlocksPoolThread,
}
