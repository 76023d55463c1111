using System.Diagnostics;

namespace ServerlessConcurrency.Workers.Pool;

/// <summary>
/// How many tasks may be with a worker at once. Two hide the way to the parent and back behind the first; of short tasks it
/// takes about a millisecond's worth. Towards the end of a run each worker's share of what is left is the limit, so that none
/// is idle while others have a queue.
/// </summary>
internal static class TaskWindow
{
    public const int Most = 256;

    private const int Least = 2;

    private static readonly double TargetTicks = Stopwatch.Frequency / 1_000.0;

    /// <param name="averageTicks">How long the worker's last tasks took on average; negative before the first.</param>
    /// <param name="waiting">How many tasks are with no worker yet.</param>
    /// <returns>1 to <see cref="Most"/>.</returns>
    public static int Size(double averageTicks, int waiting, int degree)
    {
        int window = averageTicks < 0 ? Least : (int)Math.Clamp(1 + (TargetTicks / Math.Max(averageTicks, 1)), Least, Most);
        int share = (waiting + degree - 1) / degree;
        return Math.Max(1, Math.Min(window, share));
    }
}
