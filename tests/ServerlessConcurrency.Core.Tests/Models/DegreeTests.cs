using System.Collections.Concurrent;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;

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

    [Theory]
    [InlineData("async", 1)]
    [InlineData("async", 7)]
    [InlineData("event-loop", 1)]
    [InlineData("event-loop", 7)]
    public async Task As_many_waits_of_an_awaiting_model_are_under_way_at_once_as_the_run_allows_and_no_more(string model, int inFlight)
    {
        int arrived = 0;
        var meeting = new TaskCompletionSource();
        // Ends only if the first ones meet; the others go on by turns.
        ScriptedWorkload workload = ScriptedWorkload.IoBound(
            (_, _) => throw new NotSupportedException("the awaiting form is expected"),
            async (task, _) =>
            {
                if (Interlocked.Increment(ref arrived) == inFlight)
                    meeting.SetResult();
                await meeting.Task;
                await Task.Delay(1);
                return (ulong)task.Index;
            });

        TaskRecorder recorder = await TestRun.ExecuteAsync(model, workload, tasks: 60, degree: 1, inFlight: inFlight);

        Assert.Equal(0, recorder.Remaining);
        Assert.Equal(Enumerable.Range(0, 60).Select(index => (ulong)index), recorder.Checksums());
        Assert.Equal(inFlight, workload.MostInside);
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
    [InlineData("sequential", WorkloadNature.IoBound, 64, 1)]
    [InlineData("event-loop", WorkloadNature.IoBound, 64, 1)]
    [InlineData("threads", WorkloadNature.IoBound, 64, 64)]
    [InlineData("threads", WorkloadNature.IoBound, 200, 100)]
    [InlineData("threads", WorkloadNature.IoBound, 3, 3)]
    [InlineData("threads", WorkloadNature.CpuBound, 64, 4)]
    [InlineData("threads", WorkloadNature.CpuBound, 3, 3)]
    [InlineData("thread-pool", WorkloadNature.Mixed, 64, 64)]
    [InlineData("gil-threads", WorkloadNature.IoBound, 64, 64)]
    [InlineData("async", WorkloadNature.IoBound, 64, 4)]
    [InlineData("processes", WorkloadNature.IoBound, 64, 4)]
    [InlineData("processes", WorkloadNature.IoBound, 3, 3)]
    [InlineData("queue", WorkloadNature.IoBound, 64, 4)]
    [InlineData("durable", WorkloadNature.IoBound, 64, 4)]
    public void Where_the_tasks_under_way_are_bounded_threads_that_wait_are_as_many_and_nothing_is_more(
        string model, WorkloadNature nature, int inFlight, int expected)
    {
        Assert.Equal(expected, KnownModels.Get(model).DefaultDegree(nature, tasks: 100, processors: 4, inFlight));
        Assert.InRange(KnownModels.Get(model).EffectiveDegree(100, tasks: 100, inFlight), 1, inFlight);
    }

    [Fact]
    public void No_more_work_at_once_than_there_are_tasks() => Assert.All(KnownModels.All, model =>
    {
        Assert.InRange(model.EffectiveDegree(8, tasks: 3), 1, 3);
        Assert.InRange(model.DefaultDegree(WorkloadNature.CpuBound, tasks: 3, processors: 8), 1, 3);
        Assert.InRange(model.DefaultDegree(WorkloadNature.IoBound, tasks: 3, processors: 8), 1, 3);
    });

    [Fact]
    public void No_more_threads_are_the_default_than_a_spec_may_ask_for() =>
        Assert.Equal(256, KnownModels.Get("threads").DefaultDegree(WorkloadNature.IoBound, tasks: 1_000, processors: 4, inFlight: 1_000));

    [Theory]
    [InlineData("sequential", WorkloadNature.IoBound, 1, 1)]
    [InlineData("threads", WorkloadNature.IoBound, 8, 8)]
    [InlineData("thread-pool", WorkloadNature.IoBound, 8, 8)]
    [InlineData("gil-threads", WorkloadNature.IoBound, 8, 8)]
    [InlineData("processes", WorkloadNature.IoBound, 8, 8)]
    [InlineData("queue", WorkloadNature.IoBound, 8, 8)]
    [InlineData("durable", WorkloadNature.IoBound, 8, 8)]
    [InlineData("async", WorkloadNature.IoBound, 100, 20)]
    [InlineData("async", WorkloadNature.Mixed, 100, 20)]
    [InlineData("async", WorkloadNature.CpuBound, 8, 8)]
    [InlineData("event-loop", WorkloadNature.IoBound, 100, 20)]
    [InlineData("event-loop", WorkloadNature.CpuBound, 1, 1)]
    [InlineData("durable-batch", WorkloadNature.IoBound, 100, 20)]
    public void A_model_holds_its_degree_or_where_it_awaits_all_that_may_be_under_way(string model, WorkloadNature nature, int unbounded, int bounded)
    {
        ModelTraits traits = KnownModels.Get(model);
        int degree = traits.EffectiveDegree(8, tasks: 100);

        Assert.Equal(unbounded, traits.InFlight(nature, tasks: 100, degree, inFlight: null));
        Assert.Equal(bounded, traits.InFlight(nature, tasks: 100, degree, inFlight: 20));
        Assert.InRange(traits.InFlight(nature, tasks: 5, degree, inFlight: 20), 1, 5);
    }

    [Theory]
    [InlineData("sequential", 1)]
    [InlineData("event-loop", 1)]
    [InlineData("threads", 7)]
    [InlineData("thread-pool", 7)]
    [InlineData("async", 7)]
    [InlineData("gil-threads", 7)]
    public void Models_with_a_single_thread_take_no_other_degree(string model, int expected) =>
        Assert.Equal(expected, KnownModels.Get(model).EffectiveDegree(7, tasks: 100));
}
