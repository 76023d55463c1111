using ServerlessConcurrency.Core.Measurement;

namespace ServerlessConcurrency.Core.Tests.Measurement;

public sealed class MachineInfoTests
{
    [Fact]
    public void The_machine_is_described()
    {
        EnvironmentInfo environment = MachineInfo.Describe("local");

        Assert.NotEmpty(environment.Os);
        Assert.Equal(Environment.ProcessorCount, environment.Processors);
        Assert.StartsWith(".NET", environment.Runtime, StringComparison.Ordinal);
        Assert.Equal("local", environment.Engine);
    }
}
