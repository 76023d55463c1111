namespace ServerlessConcurrency.Claims.Waiting;

/// <summary>All tasks of a variant waited once.</summary>
/// <param name="WaitingAtOnce">How many waited at the same time, at most: starting threads takes longer than a wait.</param>
/// <param name="ProcessThreads">The threads of the whole process when the last task began to wait; null where the system does not tell.</param>
/// <param name="Switches">Context switches of the whole process; null where the system does not count them.</param>
/// <param name="GrownBytes">By how much memory grew; null where that is not told, or after the first round of a process.</param>
internal sealed record WaitingRound(
    string Variant,
    int Round,
    int Tasks,
    double Seconds,
    int TaskThreads,
    int WaitingAtOnce,
    int? ProcessThreads,
    long? Switches,
    long? GrownBytes);
