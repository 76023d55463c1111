namespace ServerlessConcurrency.Claims.EventLoops;

/// <summary>By how much the short tasks of an event loop were late in a round, each of them, in seconds.</summary>
internal sealed record BlockedLoopRound(
    double LongTask, IReadOnlyList<double> Idle, IReadOnlyList<double> OnLoop, IReadOnlyList<double> OffLoop);
