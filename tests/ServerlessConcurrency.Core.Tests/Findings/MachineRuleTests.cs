using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Findings;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Tests.Analysis;

namespace ServerlessConcurrency.Core.Tests.Findings;

/// <summary>Rules about the machine, with figures that no test can make a machine produce at will, or not every machine.</summary>
public sealed class MachineRuleTests
{
    [Theory]
    [InlineData(2, 2, null, 2, new string[0])]
    [InlineData(8, 2, null, 2, new[] { "fewer-cores: pinned to them" })]
    [InlineData(8, 8, 2.0, 2, new[] { "fewer-cores: by the container's quota" })]
    [InlineData(8, 8, 1.5, 2, new[] { "cpu-quota: 1.5 processors", "fewer-cores: by the container's quota" })]
    [InlineData(2, 2, 0.25, 1, new[] { "cpu-quota: 0.25 processors", "fewer-cores: by the container's quota" })]
    [InlineData(8, 8, null, 4, new[] { "fewer-cores: by a setting of .NET" })]
    public void Fewer_processors_than_the_machine_has_are_told_with_the_reason(
        int machine, int affinity, double? quota, int processors, string[] expected)
    {
        Finding[] findings = [.. new FewerCoresRule().Evaluate(Document([]) with
        {
            Environment = new EnvironmentInfo("", "", processors, "", "local", new ProcessorLimits(machine, affinity, quota)),
        })];

        Assert.Equal(expected.Length, findings.Length);
        foreach ((string text, Finding finding) in expected.Zip(findings))
        {
            Assert.Equal(text.Split(": ")[0], finding.Code);
            Assert.Contains(text.Split(": ")[1], finding.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(30, "steal-time", true)]
    [InlineData(5, "steal-time", false)]
    public void Steal_time_above_a_hundredth_is_told(double stealMs, string code, bool told) => Assert.Equal(
        told,
        new OtherLoadRule().Evaluate(Document([.. Loaded("threads", new MachineLoad(stealMs, 0, 1_000))])).Any(finding => finding.Code == code));

    [Theory]
    [InlineData("sequential", "primes", 150, true)]
    [InlineData("sequential", "primes", 90, false)]
    // Beside other models their own helpers may be at work, and beside these workloads their server.
    [InlineData("queue", "primes", 900, false)]
    [InlineData("sequential", "http", 900, false)]
    public void Other_programs_are_told_of_beside_sequential(string model, string workload, double otherMs, bool told) => Assert.Equal(
        told,
        new OtherLoadRule()
            .Evaluate(Document([.. Loaded(model, new MachineLoad(0, otherMs, 1_000)).Select(run => run with { Workload = workload })]))
            .Any(finding => finding.Code == "other-load"));

    [Fact]
    public void Runs_that_are_shorter_than_the_ticks_of_the_system_tell_nothing_of_others()
    {
        ExperimentDocument document = Document([.. Loaded("sequential", new MachineLoad(StealMs: 10, OtherCpuMs: 10, CapacityMs: 0.1))]);

        Assert.Empty(new OtherLoadRule().Evaluate(document));
        Assert.Equal((0, 0), (MachineControls.Of(document.Runs).Steal, MachineControls.Of(document.Runs).Others));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(4, false)]
    public void Beside_tasks_that_store_blobs_their_storage_may_be_at_work(long blobs, bool told) => Assert.Equal(
        told,
        new OtherLoadRule()
            .Evaluate(Document([.. Loaded("sequential", new MachineLoad(0, 900, 1_000)).Select(run => run with { StorageRequests = new(blobs, 0, 0) })]))
            .Any(finding => finding.Code == "other-load"));

    [Theory]
    [InlineData(new double[] { 100, 102, 104, 106, 108, 110 }, "9.5 % slower")]
    [InlineData(new double[] { 110, 108, 106, 104, 102, 100 }, "9.5 % faster")]
    // Too little, and no trend.
    [InlineData(new double[] { 100, 100.5, 101, 101.5, 102, 102.5 }, null)]
    [InlineData(new double[] { 100, 110, 100, 110, 100, 110 }, null)]
    public void Drift_of_the_reference_is_told_with_its_direction(double[] sequential, string? expected)
    {
        Finding? finding = new MachineDriftRule().Evaluate(Document(
            [.. MeasuredRuns.Of("sequential", sequential), .. MeasuredRuns.Of("threads", 1, 2, 3, 4, 5, 6)])).SingleOrDefault();

        Assert.Equal(expected is null, finding is null);
        if (expected is not null)
            Assert.Contains(expected, finding!.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<RunResult> Loaded(string model, MachineLoad load) =>
        MeasuredRuns.Of(model, 500, 500).Select(run => run with { Load = load });

    private static ExperimentDocument Document(RunResult[] runs) => new()
    {
        Id = "20260131-093000-test",
        Status = ExperimentStatus.Completed,
        StartedAt = DateTimeOffset.UnixEpoch,
        Spec = new ExperimentSpec { Workloads = [new WorkloadSpec("primes", 1_000, 8)], Models = ["sequential", "threads"] },
        Environment = new EnvironmentInfo("", "", 2, "", "local"),
        Progress = new ExperimentProgress(0, 0, null),
        Runs = runs,
        Analysis = ExperimentAnalyzer.Analyze(runs),
    };
}
