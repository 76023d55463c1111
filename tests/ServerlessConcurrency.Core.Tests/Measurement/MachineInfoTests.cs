using System.Reflection;
using ServerlessConcurrency.Core.Measurement;

namespace ServerlessConcurrency.Core.Tests.Measurement;

public sealed class MachineInfoTests
{
    [Fact]
    public void The_machine_and_the_program_are_described()
    {
        EnvironmentInfo environment = MachineInfo.Describe("local");

        Assert.NotEmpty(environment.Os);
        Assert.Equal(Environment.ProcessorCount, environment.Processors);
        Assert.StartsWith(".NET", environment.Runtime, StringComparison.Ordinal);
        Assert.Equal("local", environment.Engine);
        Assert.Matches(@"^\d+\.\d+\.\d+$", environment.Version);
        Assert.Matches("^[0-9a-f]{40}$", environment.Commit ?? new string('0', 40));
    }

    [Theory]
    [InlineData("processor : 0\nmodel name\t: A processor\n", "A processor")]
    [InlineData("processor : 0\nBogoMIPS : 50.00\nCPU part : 0xd0c\n", null)]
    [InlineData("model name :\n", null)]
    [InlineData(null, null)]
    public void A_processor_whose_name_the_system_does_not_tell_has_none(string? content, string? name)
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "cpuinfo");
        if (content is not null)
            File.WriteAllText(path, content);

        Assert.Equal(name, MachineInfo.CpuName(path));
        Assert.NotEmpty(MachineInfo.Describe("local").Cpu);
    }

    [Fact]
    public async Task Code_that_is_not_optimised_makes_the_configuration_Debug()
    {
        using var folder = new TemporaryFolder();

        string[] debug = await DescribeAsync(EmittedAssembly.SaveAsHook(folder.Path, "Thumbnails", isOptimised: false));
        string[] other = await DescribeAsync(EmittedAssembly.SaveAsHook(folder.Path, "Thumbnails", isOptimised: true));

        Assert.Contains("Thumbnails", debug[0], StringComparison.Ordinal);
        Assert.Contains("build in Release", debug[0], StringComparison.Ordinal);
        Assert.Equal("Debug", debug[1]);
        Assert.DoesNotContain("Thumbnails", other[0], StringComparison.Ordinal);
        Assert.Equal(typeof(MachineInfo).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration, other[1]);
    }

    [Theory]
    // The tests' program is built without tiers.
    [InlineData("DOTNET_TieredPGO", "0", "off", true)]
    [InlineData("DOTNET_TieredCompilation", "1", "on, PGO", true)]
    [InlineData("DOTNET_CLI_HOME", "secret", "off", false)]
    public async Task Tiers_and_the_variables_that_make_a_difference_are_told(string variable, string value, string tiering, bool isTold)
    {
        string[] description = await DescribeAsync((variable, value));

        Assert.Equal(tiering, description[3]);
        Assert.Equal(isTold, description[4].Split(", ").Contains($"{variable}={value}"));
    }

    [Theory]
    [InlineData("0", ", non-concurrent")]
    [InlineData("1", ", concurrent")]
    public async Task How_garbage_is_collected_is_told(string concurrent, string expected)
    {
        string[] description = await DescribeAsync(("DOTNET_gcConcurrent", concurrent));

        Assert.EndsWith(expected, description[2], StringComparison.Ordinal);
    }

    private static async Task<string[]> DescribeAsync((string, string) variable) =>
        (await ChildProcess.RunAsync(variable, ProgramDescription.Name)).Split('|');
}
