namespace ServerlessConcurrency.Claims.Waiting;

/// <summary>How tasks of the event loop wait.</summary>
internal enum LoopWaits
{
    /// <summary>They await, as they should.</summary>
    Awaiting,

    /// <summary>They block the loop: for tests.</summary>
    Blocking,

    /// <summary>Each waits on a thread of its own and ends there: for tests.</summary>
    OnThreads,
}
