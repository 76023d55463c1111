using NetArchTest.Rules;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Tests.Architecture;

public sealed class CoreDependencyTests
{
    [Theory]
    [InlineData("Azure")]
    [InlineData("Microsoft.Azure")]
    [InlineData("Microsoft.AspNetCore")]
    [InlineData("Spectre.Console")]
    [InlineData("System.CommandLine")]
    [InlineData("System.Console")]
    [InlineData("ServerlessConcurrency.Workers")]
    [InlineData("ServerlessConcurrency.Storage")]
    [InlineData("ServerlessConcurrency.Reporting")]
    [InlineData("ServerlessConcurrency.Cli")]
    public void Core_depends_on_no_cloud_console_or_other_part(string dependency) => AssertNone(
        Types.InAssembly(typeof(Workload).Assembly).ShouldNot().HaveDependencyOn(dependency).GetResult());

    [Fact]
    public void Only_measurement_looks_at_a_process_and_only_at_its_own() => AssertNone(
        Types.InAssembly(typeof(Workload).Assembly)
            .That().DoNotResideInNamespace("ServerlessConcurrency.Core.Measurement")
            .ShouldNot().HaveDependencyOnAny("System.Diagnostics.Process", "System.Diagnostics.ProcessStartInfo").GetResult());

    [Fact]
    public void Nothing_in_Core_starts_a_process() => AssertNone(
        Types.InAssembly(typeof(Workload).Assembly).ShouldNot().HaveDependencyOn("System.Diagnostics.ProcessStartInfo").GetResult());

    [Fact]
    public void Classes_that_act_are_sealed_or_meant_to_be_derived_from() => AssertNone(
        Types.InAssembly(typeof(Workload).Assembly)
            .That().AreClasses().And().AreNotAbstract().And().DoNotHaveName("Execution", "SpecFields")
            .Should().BeSealed().GetResult());

    private static void AssertNone(TestResult result) =>
        Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypeNames ?? []));
}
