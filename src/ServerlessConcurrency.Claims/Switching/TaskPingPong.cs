using System.Diagnostics;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Workers.Pinning;

namespace ServerlessConcurrency.Claims.Switching;

/// <summary>Two tasks on one event loop, which await the token in turn.</summary>
internal static class TaskPingPong
{
    /// <summary>Plays a block on the calling thread.</summary>
    public static (TimeSpan Elapsed, SwitchCount Switches) Play(int roundTrips, bool pinned)
    {
        using ThreadPin? pin = pinned ? ThreadPin.ToOneProcessor() : null;
        using var first = new SemaphoreSlim(0);
        using var second = new SemaphoreSlim(0);
        SwitchCount before = SwitchCount.OfThisThread();
        long began = Stopwatch.GetTimestamp();
        new EventLoop().Run(() => Task.WhenAll(ServeAsync(first, second, roundTrips), ReturnAsync(first, second, roundTrips)));
        TimeSpan elapsed = Stopwatch.GetElapsedTime(began);
        return (elapsed, SwitchCount.OfThisThread() - before);
    }

    private static async Task ServeAsync(SemaphoreSlim first, SemaphoreSlim second, int roundTrips)
    {
        for (int trip = 0; trip < roundTrips; trip++)
        {
            second.Release();
            await first.WaitAsync();
        }
    }

    private static async Task ReturnAsync(SemaphoreSlim first, SemaphoreSlim second, int roundTrips)
    {
        for (int trip = 0; trip < roundTrips; trip++)
        {
            await second.WaitAsync();
            first.Release();
        }
    }
}
