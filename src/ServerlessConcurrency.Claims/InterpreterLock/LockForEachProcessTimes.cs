namespace ServerlessConcurrency.Claims.InterpreterLock;

/// <summary>Wall times of the same tasks by processes and threads in each, by round, in seconds.</summary>
/// <param name="OneByOne">One process with one thread.</param>
/// <param name="OneByTwo">One process with two threads.</param>
/// <param name="TwoByOne">Two processes with one thread each.</param>
/// <param name="TwoByTwo">Two processes with two threads each.</param>
internal sealed record LockForEachProcessTimes(
    IReadOnlyList<double> OneByOne, IReadOnlyList<double> OneByTwo, IReadOnlyList<double> TwoByOne, IReadOnlyList<double> TwoByTwo);
