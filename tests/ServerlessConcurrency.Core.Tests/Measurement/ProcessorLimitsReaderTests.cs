using ServerlessConcurrency.Core.Measurement;

namespace ServerlessConcurrency.Core.Tests.Measurement;

public sealed class ProcessorLimitsReaderTests : IDisposable
{
    private readonly TemporaryFolder _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void A_list_of_processors_is_counted()
    {
        Write("/proc/cpuinfo", string.Concat(Enumerable.Repeat("processor\t: 0\nmodel name\t: x\n\n", 16)));
        Write("/proc/self/status", "Name:\tx\nCpus_allowed_list:\t0-3,8,10-11\n");

        Assert.Equal(new ProcessorLimits(16, 7, null), Read());
    }

    [Theory]
    [InlineData("150000 100000", 1.5)]
    [InlineData("25000 100000", 0.25)]
    [InlineData("max 100000", null)]
    public void The_quota_of_a_control_group_is_read(string quota, double? expected)
    {
        WriteMachine();
        Write("/proc/self/cgroup", "0::/system.slice/app\n");
        Write("/sys/fs/cgroup/system.slice/app/cpu.max", quota + "\n");

        Assert.Equal(expected, Read()!.Quota);
    }

    [Fact]
    public void A_group_above_may_have_the_smaller_quota()
    {
        WriteMachine();
        Write("/proc/self/cgroup", "0::/a/b\n");
        Write("/sys/fs/cgroup/a/b/cpu.max", "300000 100000\n");
        Write("/sys/fs/cgroup/a/cpu.max", "200000 100000\n");
        Write("/sys/fs/cgroup/cpu.max", "max 100000\n");

        Assert.Equal(2.0, Read()!.Quota);
    }

    [Fact]
    public void Version_1_has_files_of_its_own()
    {
        WriteMachine();
        Write("/proc/self/cgroup", "4:memory:/docker/x\n3:cpu,cpuacct:/docker/x\n");
        Write("/sys/fs/cgroup/cpu/docker/x/cpu.cfs_quota_us", "-1\n");
        Write("/sys/fs/cgroup/cpu/docker/x/cpu.cfs_period_us", "100000\n");
        Write("/sys/fs/cgroup/cpu/cpu.cfs_quota_us", "50000\n");
        Write("/sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000\n");

        Assert.Equal(0.5, Read()!.Quota);
    }

    [Fact]
    public void Nothing_is_told_where_the_system_tells_nothing() => Assert.Null(Read());

    [Fact]
    public void This_machine_allows_what_the_runtime_found()
    {
        if (!OperatingSystem.IsLinux())
            return;
        ProcessorLimits limits = new ProcessorLimitsReader().Read()!;

        Assert.InRange(limits.Affinity, 1, limits.Machine);
        Assert.True(Environment.ProcessorCount <= limits.Affinity);
    }

    private void WriteMachine()
    {
        Write("/proc/cpuinfo", "processor\t: 0\nprocessor\t: 1\n");
        Write("/proc/self/status", "Cpus_allowed_list:\t0-1\n");
    }

    private void Write(string path, string text)
    {
        string file = _root.Path + path;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private ProcessorLimits? Read() => new ProcessorLimitsReader(_root.Path).Read();
}
