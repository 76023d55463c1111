using System.Diagnostics;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Core.Tests.Engine;

public sealed class RunSummaryTests
{
    private const long Began = 1_000_000;

    public static TheoryData<string> Models => [.. KnownModels.All.Select(model => model.Id)];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_fan_out_says_when_each_of_its_hosts_began_its_first_task_that_counted(string model)
    {
        var recorder = new TaskRecorder(4) { BeganTicks = Began };
        recorder.Record(Attempt(0, "b", 700));
        recorder.Record(Attempt(1, "a", 20));
        recorder.Record(Attempt(2, "b", 30) with { Outcome = TaskOutcome.Failed });
        recorder.Record(Attempt(2, "b", 400));
        recorder.Record(Attempt(3, "c", 9_000));
        // Too late to count.
        recorder.Record(Attempt(3, "d", 8_000));

        RunResult run = Summarise(model, recorder);

        Assert.Equal(KnownModels.Get(model).FansOut ? [20, 400, 9_000] : null, run.HostsFromMs?.Select(time => Math.Round(time, 3)));
        Assert.Equal(3, run.Hosts);
    }

    [Fact]
    public void A_host_whose_clock_is_behind_began_with_the_run()
    {
        var recorder = new TaskRecorder(1) { BeganTicks = Began };
        recorder.Record(Attempt(0, "a", -5));

        Assert.Equal([0], Summarise("durable", recorder).HostsFromMs!);
    }

    [Fact]
    public void What_an_orchestration_tells_is_part_of_its_run()
    {
        var turnaround = new Turnaround(2, 30);
        var recorder = new TaskRecorder(1);

        RunResult run = Summarise("durable", recorder, new RunFacts { Orchestration = new OrchestrationFacts(12.5, 3, turnaround) });
        RunResult other = Summarise("threads", recorder);

        Assert.Equal((12.5, 3, turnaround), (run.OrchestrationStartMs, run.ActivitiesRepeated, run.Turnaround));
        Assert.Equal((null, 0, null), (other.OrchestrationStartMs, other.ActivitiesRepeated, other.Turnaround));
    }

    private static RunResult Summarise(string model, TaskRecorder recorder, RunFacts? facts = null) => RunSummary.Of(
        new PlannedRun("r0001-001", 1, false, new WorkloadSpec("primes", 50, recorder.Tasks), model, 2), recorder, 10_000, ResourceUsage.None, facts);

    private static TaskAttempt Attempt(int task, string machine, long startedMs)
    {
        long started = Began + (startedMs * Stopwatch.Frequency / 1_000);
        return new TaskAttempt(task, 1, new HostIdentity(machine, 1), 1, Began, started, started + 10, 1, TaskOutcome.Succeeded);
    }
}
