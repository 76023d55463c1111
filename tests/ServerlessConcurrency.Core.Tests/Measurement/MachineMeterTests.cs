using System.Diagnostics;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Tests.Measurement;

[Collection(nameof(AloneInProcess))]
public sealed class MachineMeterTests
{
    [Fact]
    public void The_processor_time_of_other_programs_is_seen()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var meter = new MachineMeter();
        meter.Start();
        // Counts for some hundred ms.
        using Process other = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "i=0; while [ $i -lt 400000 ]; do i=$((i+1)); done"]))!;
        other.WaitForExit();

        MachineLoad load = meter.Stop(own: TimeSpan.Zero)!;

        Assert.InRange(load.OtherCpuMs, 50, load.CapacityMs + 50);
    }

    [Fact]
    public void Own_processor_time_is_not_that_of_others()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var meter = new MachineMeter();
        meter.Start();

        Assert.Equal(0, meter.Stop(own: TimeSpan.FromDays(1))!.OtherCpuMs);
    }

    [Fact]
    public void Only_the_processors_count_that_this_program_may_use()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var root = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(root.Path, "proc", "self"));
        File.WriteAllText(Path.Combine(root.Path, "proc", "self", "status"), "Name:\tsconc\nCpus_allowed_list:\t1,3\n");
        WriteStat(busy: 0, steal: 0);
        var meter = new MachineMeter(root.Path);
        meter.Start();
        WriteStat(busy: 7, steal: 2);

        MachineLoad load = meter.Stop(own: TimeSpan.Zero)!;

        // Ticks of 10 ms on two of four processors, user and system time counted.
        Assert.Equal((2 * 2 * 7 * 10, 2 * 2 * 10), (load.OtherCpuMs, load.StealMs));

        void WriteStat(int busy, int steal) => File.WriteAllLines(
            Path.Combine(root.Path, "proc", "stat"),
            ["cpu  1 2 3 4 5 6 7 8 0 0", .. Enumerable.Range(0, 4).Select(number => $"cpu{number} {busy} 0 {busy} 9 9 0 0 {steal} 0 0"), "intr 1"]);
    }
}
