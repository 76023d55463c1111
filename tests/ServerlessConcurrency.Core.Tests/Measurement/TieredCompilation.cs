using ServerlessConcurrency.Core.Measurement;

namespace ServerlessConcurrency.Core.Tests.Measurement;

/// <summary>A process that compiles in tiers, as the tests' own does not.</summary>
internal static class TieredCompilation
{
    public const string Name = "tiered-compilation";

    /// <summary>How many executions a watch sees before it is settled, at first and once more after a method was compiled.</summary>
    public static async Task<string> ExecutionsUntilSettledAsync()
    {
        var watch = new CompilationWatch();
        int first = await CountAsync(watch);
        CompilationWatchTests.Compile();
        return $"{first} {await CountAsync(watch)}";
    }

    private static async Task<int> CountAsync(CompilationWatch watch)
    {
        int executions = 1;
        for (; !watch.IsSettled(); executions++)
            await Task.Delay(1);
        return executions;
    }
}
