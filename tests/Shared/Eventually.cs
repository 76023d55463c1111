using System.Diagnostics;

namespace ServerlessConcurrency.Tests;

/// <summary>Waits for a condition instead of for a time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static async Task True(Func<bool> condition, string what)
    {
        var waited = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(waited.Elapsed < Patience, $"not within {Patience.TotalSeconds} s: {what}");
            await Task.Delay(25);
        }
    }
}
