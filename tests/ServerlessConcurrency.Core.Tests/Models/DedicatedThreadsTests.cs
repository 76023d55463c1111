using System.Collections.Concurrent;
using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Core.Tests.Models;

public sealed class DedicatedThreadsTests
{
    [Fact]
    public void The_work_is_done_on_as_many_threads_as_asked_none_of_them_of_the_pool()
    {
        var threads = new ConcurrentBag<Thread>();
        using var all = new CountdownEvent(5);

        DedicatedThreads.Run(5, "a name", () =>
        {
            threads.Add(Thread.CurrentThread);
            all.Signal();
            all.Wait(Patience.Limit);
        });

        Assert.Equal(5, threads.Distinct().Count());
        Assert.All(threads, thread =>
        {
            Assert.False(thread.IsAlive);
            Assert.Equal("a name", thread.Name);
        });
    }

    [Fact]
    public void An_exception_comes_out_only_after_every_thread_has_ended()
    {
        int ended = 0;
        int next = 0;

        Assert.Throws<InvalidOperationException>(() => DedicatedThreads.Run(4, "threads", () =>
        {
            if (Interlocked.Increment(ref next) == 1)
                throw new InvalidOperationException();
            Thread.Sleep(20);
            Interlocked.Increment(ref ended);
        }));

        Assert.Equal(3, ended);
    }
}
