namespace ServerlessConcurrency.Tests;

public sealed class ChildProcessesTests
{
    private static readonly string[] Run = ["run", "-w", "delay:1:5", "-m", "processes", "-r", "1", "--warmup-rounds", "0", "--connection", "none"];

    [LinuxFact]
    public async Task Far_more_of_them_than_processors_are_told_of_before_they_start()
    {
        string many = await ErrorAsync([.. Run, "--cores", "1", "--degree", "5"]);
        string few = await ErrorAsync([.. Run, "--cores", "1", "--degree", "4"]);

        Assert.Matches("^Up to 5 child processes on 1 processor will need about 500 MB of memory, of which [0-9,]+ MB are free, and a while to start[.] --degree says how many there are[.]", many);
        Assert.DoesNotContain("child process", few, StringComparison.Ordinal);
    }

    [Fact]
    public async Task So_are_those_that_need_more_memory_than_there_is()
    {
        using var folder = new TemporaryFolder();
        using Sconc sconc = Sconc.Start(folder.Path, ("DOTNET_GCHeapHardLimit", "0xC800000"), [.. Run, "--degree", "3"]);

        Assert.Equal(0, await sconc.WaitAsync());
        Assert.Matches("^Up to 3 child processes on [0-9]+ processors? will need about 300 MB of memory, of which 200 MB are free: some may be ended by the system", sconc.Error);
    }

    private static async Task<string> ErrorAsync(string[] arguments)
    {
        using var folder = new TemporaryFolder();
        (int exitCode, _, string error) = await Sconc.RunAsync(folder.Path, arguments);
        Assert.True(exitCode == 0, error);
        return error;
    }
}
