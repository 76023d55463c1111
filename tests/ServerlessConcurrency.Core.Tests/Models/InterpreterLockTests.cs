using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Core.Tests.Models;

public sealed class InterpreterLockTests
{
    [Fact]
    public async Task Two_computing_threads_take_turns()
    {
        const int Turns = 40;
        var interpreter = new InterpreterLock(TimeSpan.FromMilliseconds(1));
        var order = new List<int>();
        using var enough = new CancellationTokenSource();

        // Each computes until both have had their turns: without a forced switch the first would never let the other in.
        await RunThreadsAsync(2, thread => Hold(interpreter, () =>
        {
            while (!enough.IsCancellationRequested)
            {
                if (order.Count == 0 || order[^1] != thread)
                    order.Add(thread);
                if (order.Count == Turns)
                    enough.Cancel();
                interpreter.Checkpoint();
            }
        }));

        Assert.Equal(Turns, order.Count);
        Assert.True(interpreter.Switches >= Turns);
    }

    [Fact]
    public async Task A_thread_that_was_made_to_give_the_lock_up_lets_another_go_first()
    {
        var interpreter = new InterpreterLock(TimeSpan.FromMilliseconds(1));
        int holder = 0;
        int unfair = 0;
        using var enough = new CancellationTokenSource();

        await RunThreadsAsync(3, thread => Hold(interpreter, () =>
        {
            holder = thread;
            for (int switches = 0; switches < 20 && !enough.IsCancellationRequested;)
            {
                long before = interpreter.Switches;
                interpreter.Checkpoint();
                if (interpreter.Switches == before)
                    continue;
                switches++;
                // Two hand-overs at least: to another thread, and back.
                if (interpreter.Switches < before + 2 || holder == thread)
                    unfair++;
                holder = thread;
            }

            // The last one to compute has nobody left to take turns with.
            enough.Cancel();
        }));

        Assert.Equal(0, unfair);
    }

    [Fact]
    public async Task At_most_one_thread_holds_the_lock_and_none_waits_for_ever()
    {
        var interpreter = new InterpreterLock(TimeSpan.FromMilliseconds(1));
        int inside = 0;
        int intruders = 0;
        long unguarded = 0;

        // Many threads that compute, give the lock up around waits, and leave at different times.
        await RunThreadsAsync(12, thread =>
        {
            var random = new Random(thread);
            for (int visit = 0; visit < 200; visit++)
            {
                Hold(interpreter, () =>
                {
                    Enter();
                    for (int step = random.Next(200); step > 0; step--)
                    {
                        unguarded++;
                        Leave();
                        interpreter.Checkpoint();
                        Enter();
                        unguarded--;
                    }

                    unguarded++;
                    Leave();
                });
                if (random.Next(50) == 0)
                    Thread.Sleep(1);
            }
        });

        Assert.Equal(0, intruders);
        Assert.Equal(12 * 200, unguarded);

        void Enter()
        {
            if (Interlocked.Increment(ref inside) != 1)
                Interlocked.Increment(ref intruders);
        }

        void Leave() => Interlocked.Decrement(ref inside);
    }

    [Fact]
    public async Task A_request_is_forgotten_when_the_last_waiter_has_had_the_lock()
    {
        var interpreter = new InterpreterLock(TimeSpan.FromMilliseconds(1));
        using var asked = new ManualResetEventSlim();

        // The second thread waits long enough to ask for the lock, gets it by a release, and is gone.
        Task other = null!;
        await RunThreadsAsync(1, _ =>
        {
            interpreter.Acquire();
            other = RunThreadsAsync(1, _ =>
            {
                asked.Set();
                Hold(interpreter, static () => { });
            });
            asked.Wait();
            Thread.Sleep(30);
            interpreter.Release();
            other.Wait(Patience.Limit);
            interpreter.Acquire();
            // Must not wait for a thread that does not exist any more.
            for (int step = 0; step < 1_000; step++)
                interpreter.Checkpoint();
            interpreter.Release();
        });
    }

    private static void Hold(InterpreterLock interpreter, Action action)
    {
        interpreter.Acquire();
        try
        {
            action();
        }
        finally
        {
            interpreter.Release();
        }
    }

    private static Task RunThreadsAsync(int count, Action<int> work) => Task.WhenAll(Enumerable.Range(1, count).Select(thread =>
        Task.Factory.StartNew(
            () => work(thread), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))).Patiently();
}
