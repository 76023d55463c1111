namespace ServerlessConcurrency.Core.Tests;

/// <summary>Guards against tests that hang: how long a test waits at most for what it expects. Never part of a statement.</summary>
internal static class Patience
{
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static Task Patiently(this Task task) => task.WaitAsync(Limit);

    public static Task<T> Patiently<T>(this Task<T> task) => task.WaitAsync(Limit);

    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!condition())
        {
            if (limit.IsCancellationRequested)
                throw new TimeoutException($"did not happen: {what}");
            await Task.Delay(5);
        }
    }
}
