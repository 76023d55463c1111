using System.Diagnostics;
using ServerlessConcurrency.Claims.Load;

namespace ServerlessConcurrency.Claims.Tests.Load;

public sealed class ProcessTreeTests
{
    [Fact]
    public async Task The_time_of_children_counts_while_they_run_and_after_they_have_ended()
    {
        if (!OperatingSystem.IsLinux())
            return;
        TimeSpan before = ProcessTree.CpuTime()!.Value;
        using Process child = Process.Start("sh", ["-c", "while :; do :; done"]);
        try
        {
            await Eventually.True(() => child.TotalProcessorTime > TimeSpan.FromSeconds(0.5), "the child has computed for half a second");
            Assert.True(ProcessTree.CpuTime() - before >= TimeSpan.FromSeconds(0.4), "a child that runs was left out");
        }
        finally
        {
            child.Kill();
        }

        await child.WaitForExitAsync();
        Assert.True(ProcessTree.CpuTime() - before >= TimeSpan.FromSeconds(0.4), "a child that has ended was left out");
    }
}
