using System.Diagnostics;
using System.Globalization;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Tests.Engine;
using ServerlessConcurrency.Core.Tests.Measurement;

namespace ServerlessConcurrency.Core.Tests.Findings;

/// <summary>Each rule of models within one process, with a real run that provokes it and one that must not.</summary>
[Collection(nameof(AloneInProcess))]
public sealed class RealRunTests
{
    [Theory]
    [InlineData("primes", 20_000, true)]
    // Long enough that whatever else this process does is less than half of it.
    [InlineData("delay", 200, false)]
    public async Task Computing_on_the_event_loop_blocks_it(string workload, int size, bool blocks) => Assert.Equal(
        blocks, await FindsAsync("event-loop-blocked", Spec(workload, size, tasks: 8, "sequential", "event-loop")));

    [Theory]
    // A pool of two threads to begin with.
    [InlineData(2, true)]
    // One that has a thread for each of them, and for whatever else its process does: one thread less would double the time.
    [InlineData(2 * StarvedPool.Blocking, false)]
    public async Task Blocking_tasks_starve_a_thread_pool_that_has_too_few_threads(int threads, bool starves) => Assert.Equal(
        starves.ToString(),
        // In a process of its own: this one's pool has as many threads as earlier tests made it have.
        await ChildProcess.RunAsync(null, StarvedPool.Name, threads.ToString(CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("primes", 8, true)]
    [InlineData("primes", 2, false)]
    // Waiting needs no processor.
    [InlineData("delay", 8, false)]
    public async Task More_threads_than_processors_do_not_compute_at_once(string workload, int degree, bool tooMany) => Assert.Equal(
        tooMany, await FindsAsync("degree-above-cores", Spec(workload, workload == "primes" ? 20_000 : 5, tasks: 16, "sequential", "threads") with { Degree = degree }));

    [Theory]
    // Threads take sixteen times as long: more than the noise of a busy machine.
    [InlineData(2, null, true)]
    [InlineData(2, 2, false)]
    public async Task Models_that_wait_for_different_numbers_of_tasks_at_once_are_not_compared_fairly(int degree, int? inFlight, bool unequal) => Assert.Equal(
        unequal,
        await FindsAsync("unequal-concurrency", Spec("delay", 50, tasks: 32, "threads", "async") with { Degree = degree, InFlight = inFlight }));

    [Theory]
    [InlineData(1, true)]
    [InlineData(50_000, false)]
    public async Task Tiny_tasks_cost_more_to_hand_over_than_to_execute(int iterations, bool tooSmall) => Assert.Equal(
        tooSmall, await FindsAsync("tasks-too-small", Spec("sha256", iterations, tasks: tooSmall ? 64 : 8, "sequential", "threads") with { Degree = 2 }));

    [Theory]
    [InlineData(1UL, true)]
    [InlineData(0UL, false)]
    public async Task A_model_that_computes_something_else_is_caught(ulong error, bool caught) => Assert.Equal(
        caught,
        await FindsAsync(
            "checksum-mismatch",
            Spec("primes", 500, tasks: 4, "sequential", "model"),
            new ScriptedModel("model", (_, index, checksum) => index == 2 ? checksum + error : checksum)));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_task_that_fails_for_good_is_told(bool fails) => Assert.Equal(
        fails,
        await FindsAsync(
            "invalid-runs",
            Spec("primes", 500, tasks: 4, "model"),
            new ScriptedModel("model", (_, index, checksum) => fails && index == 2 ? null : checksum)));

    [Theory]
    [InlineData("sequential", true)]
    [InlineData("threads", false)]
    public async Task A_baseline_that_never_succeeds_leaves_the_others_uncompared(string failing, bool uncompared) => Assert.Equal(
        uncompared,
        await FindsAsync(
            "not-compared",
            Spec("primes", 500, tasks: 4, "sequential", "threads"),
            new ScriptedModel(failing, (_, index, checksum) => index == 2 ? null : checksum)));

    [Theory]
    [InlineData(true, "threads")]
    [InlineData(false, "sequential", "threads")]
    public async Task An_experiment_without_a_baseline_says_so(bool lacks, params string[] models) =>
        Assert.Equal(lacks, await FindsAsync("no-baseline", Spec("primes", 500, tasks: 4, models)));

    [Theory]
    [InlineData(2, true)]
    [InlineData(6, false)]
    public async Task Too_few_rounds_are_told(int rounds, bool few) => Assert.Equal(
        few, await FindsAsync("too-few-rounds", Spec("primes", 500, tasks: 4, "sequential", "threads") with { Rounds = rounds }));

    [Theory]
    [InlineData(1e-9, true)]
    [InlineData(1.0, false)]
    public async Task A_precision_out_of_reach_is_told(double precision, bool missed) => Assert.Equal(
        missed,
        await FindsAsync("precision-not-reached", Spec("delay", 50, tasks: 4, "sequential") with { Precision = precision, Rounds = 6, MaxRounds = 6 }));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_machine_that_becomes_slower_from_round_to_round_is_noticed(bool drifts)
    {
        int runs = 0;
        // By this clock the reference takes longer in every round or in every other one, however busy the machine is.
        var clock = new SteppedClock();
        var reference = new ScriptedModel("sequential", (_, index, checksum) =>
        {
            if (index == 0)
                clock.Advance(60 * (1 + (drifts ? runs++ : runs++ % 2)));
            return checksum;
        });
        ExperimentOutcome outcome = await Experiment.RunAsync(
            Spec("primes", 500, tasks: 4, "sequential") with { Rounds = 8 }, models: [reference], clock: clock);

        Assert.Equal(drifts, outcome.Document.Findings.Any(finding => finding.Code == "machine-drift"));
    }

    [Fact]
    public async Task Another_program_that_computes_meanwhile_is_noticed()
    {
        if (!OperatingSystem.IsLinux())
            return;
        ExperimentSpec spec = Spec("delay", 20, tasks: 20, "sequential");
        // A fifth of the processors, whatever their number.
        Process[] others = [.. Enumerable.Range(0, (Environment.ProcessorCount + 4) / 5).Select(
            _ => Process.Start("/bin/sh", ["-c", "while :; do :; done"]))];
        try
        {
            Assert.True(await FindsAsync("other-load", spec));
        }
        finally
        {
            foreach (Process other in others)
            {
                other.Kill();
                await other.WaitForExitAsync();
                other.Dispose();
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_run_far_off_is_flagged(bool disturbed)
    {
        int runs = 0;
        var clock = new SteppedClock();
        var model = new ScriptedModel("model", (_, index, checksum) =>
        {
            if (index == 0)
                clock.Advance(++runs == 5 && disturbed ? 3_000 : 20 + (40 * runs));
            return checksum;
        });
        IReadOnlyList<string> outliers = (await Experiment.RunAsync(
            Spec("primes", 500, tasks: 4, "model") with { Rounds = 8 }, models: [model], clock: clock)).Document.Analysis[0].Outliers;

        Assert.Equal(disturbed, outliers.Any(run => run.StartsWith("r0004", StringComparison.Ordinal)));
    }

    private static ExperimentSpec Spec(string workload, int size, int tasks, params string[] models) => new()
    {
        Workloads = [new WorkloadSpec(workload, size, tasks)],
        Models = models,
        Rounds = 3,
        WarmupRounds = 1,
        MinRunMs = 0,
    };

    private static async Task<bool> FindsAsync(string code, ExperimentSpec spec, params ConcurrencyModel[] models) =>
        (await Experiment.RunAsync(spec, models: models)).Document.Findings.Any(finding => finding.Code == code);
}
