using System.Diagnostics;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Workers.Pinning;

namespace ServerlessConcurrency.Claims.Switching;

/// <summary>A block of round trips of the token: its time, and the switches of the calling thread, which if pinned keeps to the one processor of both players.</summary>
internal static class PingPong
{
    // Enough for caches and the scheduler to settle after the block before.
    private const int Warmup = 20;

    /// <summary>The first player hands the token over and waits until it is back.</summary>
    public static (TimeSpan Elapsed, SwitchCount Switches) Serve(TokenLink link, int roundTrips, bool pinned) =>
        Play(link, roundTrips, pinned, isFirst: true);

    /// <summary>The second player waits for the token and hands it back.</summary>
    public static SwitchCount Return(TokenLink link, int roundTrips, bool pinned) =>
        Play(link, roundTrips, pinned, isFirst: false).Switches;

    /// <summary>Two tasks on one event loop await the token in turn.</summary>
    public static (TimeSpan Elapsed, SwitchCount Switches) OfTasks(int roundTrips, bool pinned)
    {
        using ThreadPin? pin = pinned ? ThreadPin.ToOneProcessor() : null;
        using var first = new SemaphoreSlim(0);
        using var second = new SemaphoreSlim(0);
        return Measure(() => new EventLoop().Run(() => Task.WhenAll(ServeAsync(), ReturnAsync())));

        async Task ServeAsync()
        {
            for (int trip = 0; trip < roundTrips; trip++)
            {
                second.Release();
                await first.WaitAsync();
            }
        }

        async Task ReturnAsync()
        {
            for (int trip = 0; trip < roundTrips; trip++)
            {
                await second.WaitAsync();
                first.Release();
            }
        }
    }

    private static (TimeSpan Elapsed, SwitchCount Switches) Play(TokenLink link, int roundTrips, bool pinned, bool isFirst)
    {
        using ThreadPin? pin = pinned ? ThreadPin.ToOneProcessor() : null;
        Exchange(link, Warmup, isFirst);
        return Measure(() => Exchange(link, roundTrips, isFirst));
    }

    private static void Exchange(TokenLink link, int roundTrips, bool isFirst)
    {
        for (int trip = 0; trip < roundTrips; trip++)
        {
            if (isFirst)
                link.Give();
            link.Take();
            if (!isFirst)
                link.Give();
        }
    }

    private static (TimeSpan Elapsed, SwitchCount Switches) Measure(Action play)
    {
        SwitchCount before = SwitchCount.OfThisThread();
        long began = Stopwatch.GetTimestamp();
        play();
        TimeSpan elapsed = Stopwatch.GetElapsedTime(began);
        return (elapsed, SwitchCount.OfThisThread() - before);
    }
}
