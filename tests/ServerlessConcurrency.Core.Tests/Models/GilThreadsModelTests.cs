using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Tests.Models;

public sealed class GilThreadsModelTests
{
    [Fact]
    public async Task Only_one_task_computes_at_a_time()
    {
        int computing = 0;
        int most = 0;
        ScriptedWorkload workload = ScriptedWorkload.CpuBound((task, execution) =>
        {
            for (int step = 0; step < 2_000; step++)
            {
                most = Math.Max(most, Interlocked.Increment(ref computing));
                Thread.SpinWait(20);
                Interlocked.Decrement(ref computing);
                execution.Checkpoint();
            }

            return 1;
        });

        TaskRecorder recorder = await TestRun.ExecuteAsync("gil-threads", workload, tasks: 12, degree: 4);

        Assert.Equal(0, recorder.Remaining);
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task Two_tasks_that_compute_for_longer_than_the_switch_interval_alternate()
    {
        int[] steps = new int[2];
        // Neither ends before the other has made progress twice: possible only if the lock goes to and fro.
        ScriptedWorkload workload = ScriptedWorkload.CpuBound((task, execution) =>
        {
            int other = 1 - task.Index;
            for (int turn = 0; turn < 3; turn++)
            {
                int seen = Volatile.Read(ref steps[other]);
                Volatile.Write(ref steps[task.Index], turn == 2 ? int.MaxValue : turn + 1);
                while (Volatile.Read(ref steps[other]) == seen && seen != int.MaxValue)
                    execution.Checkpoint();
            }

            return 1;
        });

        TaskRecorder recorder = await TestRun.ExecuteAsync("gil-threads", workload, tasks: 2, degree: 2);

        Assert.Equal(0, recorder.Remaining);
    }

    [Fact]
    public async Task A_task_that_waits_lets_others_compute()
    {
        using var computed = new ManualResetEventSlim();
        ScriptedWorkload workload = ScriptedWorkload.CpuBound((task, execution) =>
        {
            if (task.Index == 0)
                return execution.Wait(computed, static computed => computed.Wait(Patience.Limit) ? 1UL : 0);
            computed.Set();
            return 1;
        });

        TaskRecorder recorder = await TestRun.ExecuteAsync("gil-threads", workload, tasks: 2, degree: 2);

        Assert.All(recorder.Checksums(), checksum => Assert.Equal(1UL, checksum));
    }

    [Fact]
    public void The_switch_interval_is_that_of_CPython() =>
        Assert.Equal(TimeSpan.FromMilliseconds(5), GilThreadsModel.SwitchInterval);
}
