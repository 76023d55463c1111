using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Claims.Faults;

/// <summary>What a task of a fault trial computes: one half before the failure, one half after it, with its state in memory in between.</summary>
internal static class SteadyWork
{
    private const int HalfSteps = 20_000;

    public static ulong Begin(TaskInput task) => Fold(Checksum.Start(task));

    /// <summary>
    /// Computes until a condition holds, without an effect on the result; with pauses, so that a fresh process is not kept from starting.
    /// </summary>
    public static void Until(Func<bool> isOver)
    {
        ulong busy = 0;
        while (!isOver())
        {
            busy = Fold(busy);
            Thread.Sleep(1);
        }
    }

    public static ulong Finish(ulong state) => Fold(state);

    public static ulong Expected(TaskInput task) => Finish(Begin(task));

    private static ulong Fold(ulong state)
    {
        for (int step = 0; step < HalfSteps; step++)
            state = Checksum.Fold(state, (ulong)step);
        return state;
    }
}
