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
        long? waits = WaitsOfThread();
        long began = clock.GetTimestamp();
        for (; times == 0 || (times < MostExecutions && clock.GetElapsedTime(began) < (times < FewestExecutions ? Longest : Enough)); times++)
            isDeterministic &= workload.Execute(task, execution) == first;
        TimeSpan wall = clock.GetElapsedTime(began);
        // Who is merely kept off the processors by others does not wait; and who waits may find on a busy machine that it is over already.
        double share = 2 * (WaitsOfThread() - waits) < times ? 1 : Math.Min(1, (Environment.CpuUsage.TotalTime - cpu) / wall);
        return new WorkloadInspection(NatureOf(share), share, isDeterministic);
    }

    internal static WorkloadNature NatureOf(double share) =>
        share >= Computes ? WorkloadNature.CpuBound : share <= Waits ? WorkloadNature.IoBound : WorkloadNature.Mixed;

    private static long? WaitsOfThread() => OperatingSystem.IsLinux() ? UnixUsage.Read(UnixUsage.ThisThread)?.VoluntarySwitches : null;
}
