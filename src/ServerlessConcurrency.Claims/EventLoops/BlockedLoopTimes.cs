namespace ServerlessConcurrency.Claims.EventLoops;

/// <summary>How long short tasks on an event loop took, by round, in seconds.</summary>
/// <param name="LongTask">How long the long task computed.</param>
/// <param name="Idle">The longest delay of a short task while nothing computed.</param>
/// <param name="OnLoop">The longest delay of a short task while the long task computed on the loop.</param>
/// <param name="OffLoop">The longest delay of a short task while the long task computed on another thread.</param>
internal sealed record BlockedLoopTimes(
    IReadOnlyList<double> LongTask, IReadOnlyList<double> Idle, IReadOnlyList<double> OnLoop, IReadOnlyList<double> OffLoop);
