using System.Diagnostics;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Benchmarks.Processes;

/// <summary>Finds sizes by how long a task takes here.</summary>
internal static class Calibration
{
    // The cost of a task grows with about the 1.4th power of the size: a few steps come close enough.
    public static long SizeFor(Workload workload, double taskMs)
    {
        var execution = new Execution();
        double size = 100_000;
        for (int step = 0; step < 5; step++)
        {
            double best = double.MaxValue;
            for (int repetition = 0; repetition < 10; repetition++)
            {
                long began = Stopwatch.GetTimestamp();
                workload.Execute(new TaskInput((long)size, repetition, 42), execution);
                best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            size *= Math.Pow(taskMs / best, 1 / 1.4);
        }

        return (long)size;
    }
}
