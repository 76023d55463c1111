using System.Diagnostics;

namespace ServerlessConcurrency.Storage.Tests;

/// <summary>Waits for what will happen, rather than for a time.</summary>
internal static class Polling
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(60);

    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        long began = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Guard, $"waited {Guard} in vain until {what}");
            await Task.Delay(20);
        }
    }
}
