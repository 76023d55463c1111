using System.Collections.Concurrent;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Tests.Models;

public sealed class EventLoopTests
{
    [Fact]
    public async Task Everything_runs_on_the_one_thread_of_the_loop()
    {
        var threads = new ConcurrentBag<int>();
        ScriptedWorkload workload = ScriptedWorkload.IoBound(
            (_, _) => throw new NotSupportedException(),
            async (task, _) =>
            {
                for (int step = 0; step < 20; step++)
                {
                    threads.Add(Environment.CurrentManagedThreadId);
                    // Completes on a pool thread; what follows has to come back to the loop.
                    await Task.Run(static () => { });
                }

                return 1;
            });

        TaskRecorder recorder = await TestRun.ExecuteAsync("event-loop", workload, tasks: 100);

        Assert.Equal(2_000, threads.Count);
        int loop = Assert.Single(threads.Distinct());
        Assert.All(recorder.Attempts(), attempt => Assert.Equal(loop, attempt.ThreadId));
    }

    [Fact]
    public async Task Awaits_of_all_tasks_interleave_in_the_order_in_which_they_were_started()
    {
        var steps = new List<(int Step, int Task)>();
        ScriptedWorkload workload = ScriptedWorkload.IoBound(
            (_, _) => throw new NotSupportedException(),
            async (task, _) =>
            {
                for (int step = 0; step < 3; step++)
                {
                    steps.Add((step, task.Index));
                    await Task.Yield();
                }

                return 1;
            });

        await TestRun.ExecuteAsync("event-loop", workload, tasks: 5);

        // All first steps, then all second ones: nobody gets ahead.
        Assert.Equal(steps.Order(), steps);
        Assert.Equal(15, steps.Count);
    }

    [Fact]
    public async Task A_task_that_computes_keeps_all_others_waiting()
    {
        ScriptedWorkload workload = ScriptedWorkload.CpuBound((task, _) =>
        {
            Thread.Sleep(1);
            return 1;
        });

        TaskRecorder recorder = await TestRun.ExecuteAsync("event-loop", workload, tasks: 20, degree: 8);

        Assert.Equal(1, workload.MostInside);
        IReadOnlyList<TaskAttempt> attempts = recorder.Attempts();
        Assert.All(attempts.Zip(attempts.Skip(1)), pair => Assert.True(pair.First.FinishedTicks <= pair.Second.StartedTicks));
    }

    [Fact]
    public async Task No_wake_up_is_lost_when_many_threads_post_to_an_idle_loop()
    {
        int ran = 0;
        await RunOnLoopAsync(async () =>
        {
            SynchronizationContext loop = SynchronizationContext.Current!;
            for (int burst = 0; burst < 2_000; burst++)
            {
                // The loop is idle while the pool works, and woken by whoever comes first.
                await Task.WhenAll(Task.Run(() => loop.Post(_ => ran++, null)), Task.Run(() => loop.Post(_ => ran++, null)));
            }

            await Task.Yield();
        });

        Assert.Equal(4_000, ran);
    }

    [Fact]
    public Task A_coroutine_that_completes_on_another_thread_ends_the_loop() =>
        RunOnLoopAsync(() => Task.Run(() => Thread.Sleep(20)));

    [Fact]
    public async Task The_exception_of_the_coroutine_comes_out_of_the_loop()
    {
        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => RunOnLoopAsync(async () =>
        {
            await Task.Yield();
            throw new InvalidOperationException("from the coroutine");
        }));

        Assert.Equal("from the coroutine", error.Message);
    }

    [Fact]
    public void The_calling_thread_gets_its_own_context_back()
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        var own = new SynchronizationContext();
        SynchronizationContext.SetSynchronizationContext(own);
        try
        {
            new EventLoop().Run(() => Task.CompletedTask);
            Assert.Same(own, SynchronizationContext.Current);
            Assert.Throws<InvalidOperationException>(() => new EventLoop().Run(() => throw new InvalidOperationException()));
            Assert.Same(own, SynchronizationContext.Current);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    [Fact]
    public void Nobody_may_wait_for_the_loop() =>
        Assert.Throws<NotSupportedException>(() => new EventLoop().Send(_ => { }, null));

    private static Task RunOnLoopAsync(Func<Task> main) => Task.Factory.StartNew(
        () => new EventLoop().Run(main), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Patiently();
}
