using System.Diagnostics;
using ServerlessConcurrency.Core.Experiments;
using ServerlessConcurrency.Core.Measurement;

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
}
