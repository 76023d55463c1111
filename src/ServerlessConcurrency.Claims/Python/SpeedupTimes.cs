namespace ServerlessConcurrency.Claims.Python;

/// <summary>What a script that compares a parallel way with the sequential one prints: wall times by round.</summary>
/// <param name="Sequential">The wall time of each round's tasks one after another, in seconds.</param>
/// <param name="Parallel">The wall time of the same tasks in parallel, in seconds.</param>
internal sealed record SpeedupTimes(IReadOnlyList<double> Sequential, IReadOnlyList<double> Parallel);
