using System.Diagnostics;
using ServerlessConcurrency.Workers.Pinning;

namespace ServerlessConcurrency.Claims.Switching;

/// <summary>What each of the two players does in a block of round trips.</summary>
internal static class TokenPlayer
{
    // Enough for caches and the scheduler to settle after the block before.
    private const int Warmup = 20;

    /// <summary>Serves: hands the token over and waits until it is back.</summary>
    /// <param name="link">The first player's end.</param>
    public static (TimeSpan Elapsed, SwitchCount Switches) Serve(ITokenLink link, int roundTrips, bool pinned)
    {
        using ThreadPin? pin = pinned ? ThreadPin.ToOneProcessor() : null;
        for (int trip = 0; trip < Warmup; trip++)
        {
            link.Give();
            link.Take();
        }

        SwitchCount before = SwitchCount.OfThisThread();
        long began = Stopwatch.GetTimestamp();
        for (int trip = 0; trip < roundTrips; trip++)
        {
            link.Give();
            link.Take();
        }

        TimeSpan elapsed = Stopwatch.GetElapsedTime(began);
        return (elapsed, SwitchCount.OfThisThread() - before);
    }

    /// <summary>Returns: waits for the token and hands it back.</summary>
    /// <param name="link">The second player's end.</param>
    public static SwitchCount Return(ITokenLink link, int roundTrips, bool pinned)
    {
        using ThreadPin? pin = pinned ? ThreadPin.ToOneProcessor() : null;
        for (int trip = 0; trip < Warmup; trip++)
        {
            link.Take();
            link.Give();
        }

        SwitchCount before = SwitchCount.OfThisThread();
        for (int trip = 0; trip < roundTrips; trip++)
        {
            link.Take();
            link.Give();
        }

        return SwitchCount.OfThisThread() - before;
    }
}
