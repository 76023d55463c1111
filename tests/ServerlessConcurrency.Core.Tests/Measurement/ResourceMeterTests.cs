using System.Diagnostics;
using MathNet.Numerics.Statistics;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Tests.Measurement;

[Collection(nameof(AloneInProcess))]
public sealed class ResourceMeterTests
{
    [Fact]
    public void Processor_time_that_was_used_is_measured()
    {
        using Process self = Process.GetCurrentProcess();
        var meter = new ResourceMeter();
        meter.Start();
        TimeSpan before = self.TotalProcessorTime;
        while (self.TotalProcessorTime - before < TimeSpan.FromMilliseconds(50))
        {
            Thread.SpinWait(10_000);
            self.Refresh();
        }

        // The system may count in ticks of 10 ms.
        Assert.True(meter.Stop().CpuTime >= TimeSpan.FromMilliseconds(30));
    }

    [Fact]
    public void What_the_meter_takes_itself_is_not_measured()
    {
        if (!OperatingSystem.IsLinux())
            return;
        // Reading the peak is most of what a meter does.
        Measure(ReadStatus);
        Measure(() => { });

        (double nothing, double allocatedByNothing) = Measure(() => { });
        (double reading, double allocatedByReading) = Measure(ReadStatus);

        Assert.True(nothing < reading / 5, $"{nothing} of {reading} ms");
        Assert.True(allocatedByNothing < allocatedByReading / 5, $"{allocatedByNothing} of {allocatedByReading} bytes");

        static void ReadStatus() => _ = File.ReadLines("/proc/self/status").Count();

        // Medians: other threads of the test's process may compute for a moment.
        static (double CpuMs, double AllocatedBytes) Measure(Action action)
        {
            var meter = new ResourceMeter();
            ResourceUsage[] usages = [.. Enumerable.Range(0, 300).Select(_ =>
            {
                meter.Start();
                action();
                return meter.Stop();
            })];
            return (usages.Select(usage => usage.CpuTime.TotalMilliseconds).Median(), usages.Select(usage => (double)usage.AllocatedBytes).Median());
        }
    }

    [Fact]
    public void Waiting_is_a_voluntary_context_switch()
    {
        if (OperatingSystem.IsWindows())
            return;
        var meter = new ResourceMeter();
        meter.Start();
        for (int wait = 0; wait < 20; wait++)
            Thread.Sleep(1);

        ResourceUsage usage = meter.Stop();

        Assert.True(usage.VoluntarySwitches >= 20);
        Assert.True(usage.InvoluntarySwitches >= 0);
    }

    [Fact]
    public void Allocations_and_collections_are_counted()
    {
        var meter = new ResourceMeter();
        meter.Start();
        for (int round = 0; round < 10; round++)
            GC.KeepAlive(new byte[1_000_000]);
        GC.Collect();

        ResourceUsage usage = meter.Stop();

        // The runtime counts in allocation contexts of some KiB a thread.
        Assert.True(usage.AllocatedBytes >= 9_900_000);
        Assert.True(usage.Gen2Collections >= 1);
        Assert.True(usage.Gen0Collections >= usage.Gen1Collections && usage.Gen1Collections >= usage.Gen2Collections);
    }

    [Fact]
    public void The_peak_covers_memory_that_was_in_use()
    {
        var meter = new ResourceMeter();
        meter.Start();
        byte[] memory = new byte[64 * 1024 * 1024];
        for (int offset = 0; offset < memory.Length; offset += 4096)
            memory[offset] = 1;

        long? peak = meter.Stop().PeakRssBytes;

        Assert.True(peak >= memory.Length);
        GC.KeepAlive(memory);
    }

    [Fact]
    public void Sums_know_only_what_both_know()
    {
        var one = new ResourceUsage(TimeSpan.FromSeconds(1), 1, null, 10, 1, 2, 3, 4, new StorageRequests(1, 0, 2));
        var other = new ResourceUsage(TimeSpan.FromSeconds(2), 10, 20, null, 10, 20, 30, 40, new StorageRequests(0, 5, 5));

        Assert.Equal(new ResourceUsage(TimeSpan.FromSeconds(3), 11, null, null, 11, 22, 33, 44, new StorageRequests(1, 5, 7)), one.Plus(other));
        Assert.Equal(one, one.Plus(ResourceUsage.None));
    }
}
