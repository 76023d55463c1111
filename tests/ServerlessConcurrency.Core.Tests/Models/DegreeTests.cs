using System.Collections.Concurrent;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Tests.Models;

public sealed class DegreeTests
{
    [Theory]
    [InlineData("sequential", 5, 1)]
    [InlineData("threads", 3, 3)]
    [InlineData("thread-pool", 3, 3)]
    [InlineData("async", 3, 3)]
    [InlineData("event-loop", 5, 1)]
    [InlineData("gil-threads", 3, 3)]
    public async Task No_more_tasks_than_the_degree_are_ever_under_way(string model, int degree, int most)
    {
        ScriptedWorkload workload = ScriptedWorkload.CpuBound((task, execution) =>
        {
            execution.Wait(2, static milliseconds =>
            {
                Thread.Sleep(milliseconds);
                return true;
            });
            return (ulong)task.Index;
        });

        TaskRecorder recorder = await TestRun.ExecuteAsync(model, workload, tasks: 60, degree: degree);

        Assert.Equal(0, recorder.Remaining);
        Assert.InRange(workload.MostInside, 1, most);
    }

    [Theory]
    [InlineData("threads")]
    [InlineData("thread-pool")]
    [InlineData("async")]
    [InlineData("gil-threads")]
    public async Task As_many_tasks_as_the_degree_can_meet(string model)
    {
        const int Degree = 3;
        using var meeting = new CountdownEvent(Degree);
        // Ends only if as many tasks as the degree are inside at the same time.
        ScriptedWorkload workload = ScriptedWorkload.CpuBound((task, execution) => execution.Wait(meeting, static meeting =>
        {
            meeting.Signal();
            return meeting.Wait(Patience.Limit) ? 1UL : 0;
        }));

        TaskRecorder recorder = await TestRun.ExecuteAsync(model, workload, tasks: Degree, degree: Degree);

        Assert.Equal(0, recorder.Remaining);
        Assert.All(recorder.Checksums(), checksum => Assert.Equal(1UL, checksum));
    }

    [Theory]
    [InlineData("async")]
    [InlineData("event-loop")]
    public async Task Every_wait_of_an_awaiting_model_is_under_way_at_once_whatever_the_degree(string model)
    {
        const int Tasks = 500;
        int arrived = 0;
        var all = new TaskCompletionSource();
        ScriptedWorkload workload = ScriptedWorkload.IoBound(
            (_, _) => throw new NotSupportedException("the awaiting form is expected"),
            async (task, _) =>
            {
                if (Interlocked.Increment(ref arrived) == Tasks)
                    all.SetResult();
                await all.Task;
                return (ulong)task.Index;
            });

        TaskRecorder recorder = await TestRun.ExecuteAsync(model, workload, tasks: Tasks, degree: 1);

        Assert.Equal(0, recorder.Remaining);
        Assert.Equal(Tasks, workload.MostInside);
    }

    [Fact]
    public async Task What_an_IO_bound_task_computes_under_async_keeps_to_the_degree()
    {
        int computing = 0;
        var seen = new ConcurrentBag<int>();
        ScriptedWorkload workload = ScriptedWorkload.IoBound(
            (_, _) => throw new NotSupportedException("the awaiting form is expected"),
            async (task, execution) =>
            {
                await Task.Yield();
                return await execution.ComputeAsync(task, (input, _) =>
                {
                    seen.Add(Interlocked.Increment(ref computing));
                    Thread.Sleep(1);
                    Interlocked.Decrement(ref computing);
                    return (ulong)input.Index;
                });
            });

        TaskRecorder recorder = await TestRun.ExecuteAsync("async", workload, tasks: 50, degree: 2);

        Assert.Equal(0, recorder.Remaining);
        Assert.InRange(seen.Max(), 1, 2);
    }

    [Theory]
    [InlineData("sequential", WorkloadNature.CpuBound, 100, 1)]
    [InlineData("sequential", WorkloadNature.IoBound, 100, 1)]
    [InlineData("event-loop", WorkloadNature.IoBound, 100, 1)]
    [InlineData("threads", WorkloadNature.CpuBound, 100, 4)]
    [InlineData("threads", WorkloadNature.IoBound, 100, 32)]
    [InlineData("threads", WorkloadNature.IoBound, 7, 7)]
    [InlineData("threads", WorkloadNature.Mixed, 100, 32)]
    [InlineData("thread-pool", WorkloadNature.CpuBound, 100, 4)]
    [InlineData("thread-pool", WorkloadNature.IoBound, 100, 32)]
    [InlineData("gil-threads", WorkloadNature.CpuBound, 100, 4)]
    [InlineData("gil-threads", WorkloadNature.IoBound, 7, 7)]
    [InlineData("async", WorkloadNature.CpuBound, 100, 4)]
    [InlineData("async", WorkloadNature.IoBound, 100, 4)]
    [InlineData("processes", WorkloadNature.IoBound, 100, 4)]
    [InlineData("queue", WorkloadNature.IoBound, 100, 4)]
    [InlineData("durable", WorkloadNature.IoBound, 100, 4)]
    [InlineData("durable-batch", WorkloadNature.IoBound, 100, 4)]
    public void The_default_degree_is_the_documented_one(string model, WorkloadNature nature, int tasks, int expected) =>
        Assert.Equal(expected, KnownModels.Get(model).DefaultDegree(nature, tasks, processors: 4));

    [Theory]
    [InlineData("sequential", 1)]
    [InlineData("event-loop", 1)]
    [InlineData("threads", 7)]
    [InlineData("thread-pool", 7)]
    [InlineData("async", 7)]
    [InlineData("gil-threads", 7)]
    public void Models_with_a_single_thread_take_no_other_degree(string model, int expected) =>
        Assert.Equal(expected, KnownModels.Get(model).EffectiveDegree(7));
}
