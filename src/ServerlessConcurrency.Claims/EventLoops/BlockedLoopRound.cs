namespace ServerlessConcurrency.Claims.EventLoops;

/// <summary>By how much the short tasks of an event loop were late in a round, each of them, in seconds.</summary>
/// <param name="LongTask">How long the long task computed, where it was to compute on the loop.</param>
/// <param name="Idle">While nothing computed.</param>
/// <param name="OnLoop">While the long task computed on the loop.</param>
/// <param name="OffLoop">While the same was computed on another thread.</param>
internal sealed record BlockedLoopRound(
    double LongTask, IReadOnlyList<double> Idle, IReadOnlyList<double> OnLoop, IReadOnlyList<double> OffLoop);
