using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Measurement;

/// <summary>What executing a task of a workload several times tells of it.</summary>
/// <param name="Nature">What it spends its time on, by <see cref="Share"/>.</param>
/// <param name="Share">The part of its time in which it computed: processor time by wall time; 1 where it never gave the processor away.</param>
/// <param name="IsDeterministic">Whether every execution had the same result.</param>
public sealed record WorkloadInspection(WorkloadNature Nature, double Share, bool IsDeterministic)
{
    /// <summary>From this share on it computes.</summary>
    public const double Computes = 0.75;

    /// <summary>Up to this share it waits.</summary>
    public const double Waits = 0.25;

    // Of a runtime that does nothing but compute.
    private const int IdleWaitsPerSecond = 5;

    private const int FewestExecutions = 5;
    private const int MostExecutions = 1_000;
    private static readonly TimeSpan Enough = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    /// <summary>Executes a task once unmeasured, then until there is enough to see, on the calling thread.</summary>
    /// <exception cref="Exception">What the workload threw.</exception>
    public static WorkloadInspection Of(Workload workload, TaskInput task, TimeProvider clock)
    {
        var execution = new Execution();
        ulong first = workload.Execute(task, execution);
        bool isDeterministic = true;
        int times = 0;
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        (long Thread, long Process)? waits = Waited();
        long began = clock.GetTimestamp();
        for (; times == 0 || (times < MostExecutions && clock.GetElapsedTime(began) < (times < FewestExecutions ? Longest : Enough)); times++)
            isDeterministic &= workload.Execute(task, execution) == first;
        TimeSpan wall = clock.GetElapsedTime(began);
        double share = Computed(waits, times, wall) ? 1 : Math.Min(1, (Environment.CpuUsage.TotalTime - cpu) / wall);
        return new WorkloadInspection(NatureOf(share), share, isDeterministic);
    }

    internal static WorkloadNature NatureOf(double share) =>
        share >= Computes ? WorkloadNature.CpuBound : share <= Waits ? WorkloadNature.IoBound : WorkloadNature.Mixed;

    // Who is merely kept off the processors by others has not waited. On a busy machine a wait may be over before the thread comes to it; then another
    // thread has waited for the answer.
    private static bool Computed((long Thread, long Process)? before, int times, TimeSpan wall) =>
        before is { } was && Waited() is { } now
        && 2 * (now.Thread - was.Thread) < times
        && now.Process - was.Process < times + (IdleWaitsPerSecond * wall.TotalSeconds);

    /// <returns>How often this thread, and all of this process, gave the processor away; null where the system does not tell.</returns>
    private static (long Thread, long Process)? Waited() =>
        OperatingSystem.IsLinux() && UnixUsage.Read(UnixUsage.ThisThread) is { } thread && UnixUsage.Read(UnixUsage.ThisProcess) is { } process
            ? (thread.VoluntarySwitches, process.VoluntarySwitches)
            : null;
}
