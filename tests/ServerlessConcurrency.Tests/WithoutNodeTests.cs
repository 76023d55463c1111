namespace ServerlessConcurrency.Tests;

/// <summary>A machine that cannot run the storage emulator.</summary>
public sealed class WithoutNodeTests
{
    // Nothing is there but the program itself, which does not search for its runtime on the path.
    private static readonly (string Name, string Value) EmptyPath = ("PATH", "/nowhere");

    [Fact]
    public async Task What_needs_no_storage_is_measured_and_the_rest_named()
    {
        using var folder = new TemporaryFolder();

        (int exitCode, string output, string error) = await Sconc.RunAsync(
            folder.Path, EmptyPath, "run", "-w", "primes:1000:4", "--degree", "1", "--rounds", "2", "--warmup-rounds", "0", "--min-run-ms", "0");

        Assert.True(exitCode == 0, error);
        Assert.Contains("Left out: queue, durable, durable-batch and timings in storage, because", error, StringComparison.Ordinal);
        Assert.Contains("install Node.js 20 or later (https://nodejs.org)", error, StringComparison.Ordinal);
        Assert.Contains("14 of 14 runs", output, StringComparison.Ordinal);
        Assert.Matches("(?m)^ +processes ", output);
        Assert.DoesNotMatch("(?m)^ +(queue|durable) ", output);
    }

    [Theory]
    [InlineData("-m", "sequential,queue")]
    [InlineData("-m", "durable")]
    [InlineData("-w", "blob:1:4")]
    public async Task A_name_that_needs_storage_is_refused_as_before(params string[] arguments)
    {
        using var folder = new TemporaryFolder();

        (int exitCode, _, string error) = await Sconc.RunAsync(folder.Path, EmptyPath, ["run", .. arguments]);

        Assert.Equal(3, exitCode);
        Assert.StartsWith("error: the storage emulator Azurite needs Node.js", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "results")));
    }
}
