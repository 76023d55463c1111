using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Findings;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Tests.Analysis;

namespace ServerlessConcurrency.Core.Tests.Findings;

public sealed class FindingRuleTests
{
    private static readonly double[] SixRounds = [100, 101, 102, 103, 104, 105];

    [Fact]
    public void An_experiment_with_nothing_to_remark_has_no_findings() => Assert.Empty(Evaluate(Good()));

    [Theory]
    [InlineData("Debug", true)]
    [InlineData("Release", false)]
    [InlineData(null, false)]
    public void Unoptimised_code_is_told_of_runs_and_of_claims(string? configuration, bool told)
    {
        ExperimentDocument experiment = Document(Good());
        EnvironmentInfo environment = experiment.Environment with { Configuration = configuration };
        MeasurementDocument claims = MeasurementDocument.Of(new ClaimsSpec { Only = [] }, experiment.Id, experiment.Status, experiment.StartedAt, environment);

        Assert.All<MeasurementDocument>([experiment with { Environment = environment }, claims], document => Assert.Equal(
            told ? [("unoptimised-code", FindingSeverity.Warning)] : [],
            ExperimentConclusion.Draw(document).Findings.Select(finding => (finding.Code, finding.Severity))));
    }

    [Fact]
    public void Invalid_runs_are_counted_by_workload_and_model()
    {
        RunResult[] runs = [.. MeasuredRuns.Of("sequential", SixRounds), .. MeasuredRuns.Of("threads", [.. SixRounds, 90, 91])];
        runs[^1] = runs[^1] with { Failed = 1, Error = "disk full" };
        runs[^2] = runs[^2] with { Failed = 2, Error = "disk full" };

        Finding finding = Assert.Single(Evaluate(runs));

        Assert.Equal(("invalid-runs", FindingSeverity.Warning), (finding.Code, finding.Severity));
        Assert.Equal("In primes 1000 under threads, 2 runs failed and count in no figure. First error: disk full.", finding.Message);
    }

    [Fact]
    public void One_run_is_told_as_one()
    {
        RunResult[] runs = [.. MeasuredRuns.Of("sequential", [100, 101, 102, 103, 104, 105, 106, 400]), .. MeasuredRuns.Of("threads", [.. SixRounds, 90])];
        runs[^1] = runs[^1] with { Failed = 1, Error = "disk full" };

        string[] messages = [.. Evaluate(runs).Select(finding => finding.Message)];

        Assert.Contains("In primes 1000 under threads, 1 run failed and counts in no figure. First error: disk full.", messages);
        Assert.Contains("Far from the others of its kind (Tukey's fences) lies 1 of 15 runs: r0008-sequential. It is kept in every figure.", messages);
    }

    [Fact]
    public void Leaving_sequential_out_is_worth_a_note()
    {
        Finding finding = Assert.Single(Evaluate([.. MeasuredRuns.Of("threads", SixRounds)], spec => spec with { Models = ["threads"] }));

        Assert.Equal(("no-baseline", FindingSeverity.Info), (finding.Code, finding.Severity));
    }

    [Fact]
    public void Five_rounds_are_too_few_and_six_are_enough()
    {
        Finding finding = Assert.Single(Evaluate([.. MeasuredRuns.Of("sequential", SixRounds), .. MeasuredRuns.Of("threads", SixRounds[..5])]));

        Assert.Equal(("too-few-rounds", FindingSeverity.Warning), (finding.Code, finding.Severity));
        Assert.Contains("With 5 valid rounds the intervals of primes 1000 under threads cover the median with 93.8 %, not 95 %. Measure 6 rounds", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.02, true)]
    [InlineData(0.03, false)]
    [InlineData(null, false)]
    public void A_precision_that_was_not_reached_is_told_for_each_model(double? precision, bool told)
    {
        // Half the width is 2.5 of a median of 102.5: 2.4 %.
        IReadOnlyList<Finding> findings = Evaluate(Good(), spec => spec with { Precision = precision });

        Assert.Equal(told ? 2 : 0, findings.Count);
        Assert.All(findings, finding => Assert.Equal("precision-not-reached", finding.Code));
        if (told)
            Assert.Equal("In primes 1000 under sequential, the wider interval is within 2.439 % of its median after 6 rounds, not within 2.0 %. Measure more rounds, or on a calmer machine.", findings[0].Message);
    }

    [Fact]
    public void Too_few_rounds_are_not_said_to_lack_a_precision_that_their_figures_have()
    {
        string[] messages = [.. Evaluate(
            [.. MeasuredRuns.Of("sequential", SixRounds), .. MeasuredRuns.Of("threads", 100, 100.1, 100.2)], spec => spec with { Precision = 0.05 })
            .Where(finding => finding.Code == "precision-not-reached").Select(finding => finding.Message)];

        Assert.Equal(["In primes 1000 under threads, 3 valid rounds are too few to tell whether the intervals are within 5.0 %. Measure 6 rounds or more."], messages);
    }

    [Theory]
    [InlineData(3, 3, "With 3 valid rounds the intervals cover the median with 75.0 %, not 95 %. ")]
    [InlineData(1, 4, "With 1 to 4 valid rounds the intervals cover the median with as little as 0.0 %, not 95 %. ")]
    [InlineData(6, 4, "With 4 valid rounds the intervals of primes 1000 under threads cover the median with 87.5 %, not 95 %. ")]
    public void It_is_said_which_intervals_have_too_few_rounds(int sequential, int threads, string expected)
    {
        Finding finding = Evaluate([.. MeasuredRuns.Of("sequential", SixRounds[..sequential]), .. MeasuredRuns.Of("threads", SixRounds[..threads])])
            .Single(finding => finding.Code == "too-few-rounds");

        Assert.Equal(expected + "Measure 6 rounds or more.", finding.Message);
    }

    [Fact]
    public void Retries_are_summed_by_model()
    {
        RunResult[] runs = Good();
        runs[6] = runs[6] with { Retried = 2 };
        runs[8] = runs[8] with { Retried = 1 };

        Finding finding = Assert.Single(Evaluate(runs));

        Assert.Equal(("retries", FindingSeverity.Warning), (finding.Code, finding.Severity));
        Assert.StartsWith("Under threads, tasks took 3 attempts more than one each (r0001-threads, r0003-threads).", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    // Of 16 tasks on each of two workers, the one in the middle has 7.5 before it.
    [InlineData(75, false)]
    [InlineData(84, false)]
    [InlineData(86, true)]
    public void The_wait_for_ones_turn_is_not_counted_as_waiting_in_the_queue(double medianWaitMs, bool told)
    {
        RunResult[] runs =
        [
            .. MeasuredRuns.Of("sequential", SixRounds),
            .. MeasuredRuns.Of("queue", SixRounds).Select(run => run with
            {
                Tasks = 32,
                Degree = 2,
                Hosts = 2,
                TaskTimes = new TaskTimes(medianWaitMs, MedianExecutionMs: 10, TotalExecutionMs: 320, HostMs: 320),
            }),
        ];

        Assert.Equal(told, Evaluate(runs).Any(finding => finding.Code == "queue-wait"));
    }

    // A lane hands over its next task when its last one is done: a wait is overhead, unless there are fewer hosts than lanes.
    [Theory]
    [InlineData(2, 9, false)]
    [InlineData(2, 11, true)]
    [InlineData(1, 19, false)]
    [InlineData(1, 21, true)]
    public void A_task_of_a_fan_out_of_activities_waits_for_no_other_where_there_is_a_host_for_each(int hosts, double medianWaitMs, bool told)
    {
        RunResult[] runs =
        [
            .. MeasuredRuns.Of("sequential", SixRounds),
            .. MeasuredRuns.Of("durable", SixRounds).Select(run => run with
            {
                Tasks = 32,
                Degree = 2,
                Hosts = hosts,
                TaskTimes = new TaskTimes(medianWaitMs, MedianExecutionMs: 10, TotalExecutionMs: 320, HostMs: 320),
            }),
        ];

        Assert.Equal(told, Evaluate(runs).Any(finding => finding.Code == "queue-wait"));
    }

    [Theory]
    [InlineData("threads", true)]
    [InlineData("processes", true)]
    [InlineData("queue", true)]
    [InlineData("durable-batch", true)]
    [InlineData("durable", false)]
    public void More_workers_than_processors_are_told_unless_they_wait_for_their_next_task(string model, bool told)
    {
        RunResult[] runs =
        [
            .. MeasuredRuns.Of("sequential", SixRounds),
            .. MeasuredRuns.Of(model, SixRounds).Select(run => run with { Degree = 64 }),
        ];

        Assert.Equal(told, Evaluate(runs).Any(finding => finding.Code == "degree-above-cores"));
    }

    [Fact]
    public void Of_a_loop_whose_processor_time_is_not_known_no_share_is_told()
    {
        Finding finding = Evaluate([.. MeasuredRuns.Of("sequential", SixRounds), .. MeasuredRuns.Of("event-loop", SixRounds).Select(run => run with { CpuMs = null })])
            .Single(finding => finding.Code == "event-loop-blocked");

        Assert.StartsWith("In primes 1000 under event-loop, the loop's thread computed, and no other task went on meanwhile. ", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("event-loop", "recommended all the same")]
    [InlineData("async", "Move what computes to the thread pool")]
    public void Nobody_is_told_to_leave_the_loop_that_is_recommended(string recommended, string advice)
    {
        ExperimentDocument document = Document([.. MeasuredRuns.Of("sequential", SixRounds), .. MeasuredRuns.Of("event-loop", SixRounds)]);
        document = document with { Recommendation = [new Recommendation("primes", 1_000, recommended, "")] };

        Finding finding = Assert.Single(FindingRules.Evaluate(document), finding => finding.Code == "event-loop-blocked");

        Assert.Contains(advice, finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 1, false)]
    // Succeeded when it was delivered again.
    [InlineData(0, 0, false)]
    [InlineData(2, 0, true, "2 tasks failed at every delivery and are")]
    [InlineData(1, 1, true, "1 task failed at every delivery and is")]
    public void Tasks_that_failed_at_every_delivery_are_told(int poisonMessages, int failed, bool told, string? words = null)
    {
        RunResult[] runs = [.. MeasuredRuns.Of("sequential", SixRounds), .. MeasuredRuns.Of("queue", SixRounds)];
        runs[^1] = runs[^1] with { PoisonMessages = poisonMessages, Retried = 4, Failed = failed, Error = "disk full" };

        IReadOnlyList<Finding> findings = Evaluate(runs);

        Assert.Contains(findings, finding => finding.Code == "retries");
        if (told)
        {
            Assert.StartsWith(
                $"In primes 1000 under queue, {words} in the poison queue (r0006-queue).",
                Assert.Single(findings, finding => finding.Code == "poison-messages").Message,
                StringComparison.Ordinal);
        }
        else
        {
            Assert.DoesNotContain(findings, finding => finding.Code == "poison-messages");
        }
    }

    [Theory]
    [InlineData("queue", 1, true)]
    [InlineData("durable", 1, true)]
    [InlineData("queue", 2, false)]
    // Threads are no hosts.
    [InlineData("threads", 1, false)]
    public void Tasks_that_one_of_two_hosts_executed_alone_are_told(string model, int hosts, bool told)
    {
        RunResult[] runs =
        [
            .. MeasuredRuns.Of("sequential", SixRounds),
            .. MeasuredRuns.Of(model, SixRounds).Select(run => run with { Tasks = 32, Degree = 2, Hosts = hosts }),
        ];

        Assert.Equal(told, Evaluate(runs).Any(finding => finding.Code == "one-host"));
        // Once is chance.
        runs[^1] = runs[^1] with { Hosts = 2 };
        Assert.DoesNotContain(Evaluate(runs), finding => finding.Code == "one-host");
    }

    [Theory]
    [InlineData(64, 32, "In primes 1000, async held 64 waits at once, threads, thread-pool and gil-threads 32, processes 2: the comparison is one of limits. Give all the same with --in-flight 2 or --degree 64.")]
    [InlineData(1_000, 32, "In primes 1000, async held 1,000 waits at once, threads, thread-pool and gil-threads 32, processes 2: the comparison is one of limits. Give all the same with --in-flight 2.")]
    public void A_model_that_was_faster_and_held_more_waits_is_told_with_the_numbers(int async, int threads, string expected)
    {
        Finding finding = Assert.Single(Evaluate(Waiting(async, threads, processes: 2)));

        Assert.Equal(("unequal-concurrency", FindingSeverity.Info), (finding.Code, finding.Severity));
        Assert.Equal(expected, finding.Message);
    }

    [Fact]
    public void Models_that_held_as_many_waits_or_computed_or_were_not_faster_by_more_of_them_are_compared_as_they_are()
    {
        RunResult[] unequal = Waiting(64, 32, 2);
        Assert.Empty(Evaluate(Waiting(32, 32, 32)));
        // Documents of earlier versions do not tell.
        Assert.Empty(Evaluate([.. unequal.Select(run => run with { InFlight = null })]));
        Assert.DoesNotContain(
            Evaluate([.. unequal.Select(run => run with { Nature = WorkloadNature.CpuBound })]), finding => finding.Code == "unequal-concurrency");
        // The fastest held the fewest.
        Assert.Empty(Evaluate(Waiting(2, 32, 64)));
        Assert.Empty(Evaluate([.. unequal.Where(run => run.Model is "sequential" or "async")]));
    }

    [Fact]
    public void Warnings_come_first()
    {
        IReadOnlyList<Finding> findings = Evaluate([.. MeasuredRuns.Of("threads", 1, 2)], spec => spec with { Models = ["threads"] });

        Assert.Equal([FindingSeverity.Warning, FindingSeverity.Info], findings.Select(finding => finding.Severity));
    }

    [Fact]
    public void An_experiment_that_measured_nothing_has_no_findings_either() => Assert.Empty(Evaluate([]));

    // async is the fastest, processes the slowest but for sequential.
    private static RunResult[] Waiting(int async, int threads, int processes) =>
    [
        .. Waiting("sequential", 1, 1_000),
        .. Waiting("processes", processes, 500),
        .. Waiting("gil-threads", threads, 102),
        .. Waiting("thread-pool", threads, 101),
        .. Waiting("threads", threads, 100),
        .. Waiting("async", async, 10),
    ];

    private static IEnumerable<RunResult> Waiting(string model, int inFlight, double wallMs) =>
        MeasuredRuns.Of(model, [.. SixRounds.Select(round => wallMs * round / 100)])
            .Select(run => run with { Nature = WorkloadNature.IoBound, InFlight = inFlight, Tasks = 1_000 });

    [Theory]
    [InlineData(TaskResults.None, "no-results")]
    [InlineData(TaskResults.NotDeterministic, "not-deterministic")]
    [InlineData(TaskResults.Compared, null)]
    public void Results_that_cannot_be_compared_are_told(TaskResults results, string? expected)
    {
        IReadOnlyList<Finding> findings = Evaluate(Good(), spec => spec with { Workloads = [spec.Workloads[0] with { Results = results }] });

        Assert.Equal(expected, findings.SingleOrDefault(finding => finding.Code is "no-results" or "not-deterministic")?.Code);
    }

    private static RunResult[] Good() => [.. MeasuredRuns.Of("sequential", SixRounds), .. MeasuredRuns.Of("threads", SixRounds)];

    private static IReadOnlyList<Finding> Evaluate(RunResult[] runs, Func<ExperimentSpec, ExperimentSpec>? change = null) =>
        FindingRules.Evaluate(Document(runs, change));

    private static ExperimentDocument Document(RunResult[] runs, Func<ExperimentSpec, ExperimentSpec>? change = null)
    {
        var spec = new ExperimentSpec { Workloads = [new WorkloadSpec("primes", 1_000, 8)], Models = ["sequential", "threads"] };
        return new ExperimentDocument
        {
            Id = "20260131-093000-test",
            Status = ExperimentStatus.Completed,
            StartedAt = DateTimeOffset.UnixEpoch,
            Spec = change is null ? spec : change(spec),
            Environment = new EnvironmentInfo("", "", 2, "", "local"),
            Progress = new ExperimentProgress(0, 0, null),
            Runs = runs,
            Analysis = ExperimentAnalyzer.Analyze(runs),
        };
    }
}
