namespace ServerlessConcurrency.Claims.InterpreterLock;

/// <summary>Wall times of the same tasks by processes and threads in each, by round, in seconds.</summary>
internal sealed record LockForEachProcessTimes(
    IReadOnlyList<double> OneByOne, IReadOnlyList<double> OneByTwo, IReadOnlyList<double> TwoByOne, IReadOnlyList<double> TwoByTwo);
