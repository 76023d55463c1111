using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Findings;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Tests.Analysis;

namespace ServerlessConcurrency.Core.Tests.Findings;

public sealed class FindingTextTests
{
    private const int ThreeLines = 240;

    private static readonly string LongError = string.Join(' ', Enumerable.Repeat("a disk that is full, and why it is.", 20));

    public static TheoryData<Type> Rules =>
        [.. typeof(IFindingRule).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IFindingRule)))];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Every_finding_is_sentences_of_three_lines_at_most(Type rule)
    {
        var provoked = (IFindingRule)Activator.CreateInstance(rule)!;

        Finding[] findings = [.. Provoking().SelectMany(provoked.Evaluate)];

        Assert.NotEmpty(findings);
        Assert.All(findings, finding =>
        {
            Assert.InRange(finding.Message.Length, 1, ThreeLines);
            Assert.True(char.IsUpper(finding.Message[0]), finding.Message);
            Assert.EndsWith(".", finding.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("(s)", finding.Message, StringComparison.Ordinal);
            Assert.DoesNotMatch("[0-9]%", finding.Message);
        });
    }

    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(0.0004, "under 0.001 ms")]
    [InlineData(0.0161, "0.016 ms")]
    [InlineData(4.26, "4.3 ms")]
    [InlineData(1_204.6, "1,205 ms")]
    public void Times_have_two_digits_or_more(double time, string expected) => Assert.Equal(expected, FindingWords.Milliseconds(time));

    [Theory]
    [InlineData(12.4, 11.6, "as long as")]
    [InlineData(12.6, 11.4, "longer than")]
    [InlineData(0.0009, 0, "longer than")]
    public void A_time_that_reads_the_same_is_not_called_longer(double time, double shorter, string expected) =>
        Assert.Equal(expected, FindingWords.LongerThan(time, shorter));

    [Fact]
    public void Of_many_names_the_first_three_are_told()
    {
        Assert.Equal("a, b, c", FindingWords.First(["a", "b", "c"]));
        Assert.Equal("a, b, c and 2 more", FindingWords.First(["a", "b", "c", "d", "e"]));
    }

    [Fact]
    public void An_error_is_told_to_its_end_where_there_is_room_and_a_cut_is_seen()
    {
        const string Late = "given up after 3 attempts: worker process 4194304 was killed because task 999999 took longer than the 86400 s of taskTimeoutSeconds";
        RunResult[] failed = [.. Runs("processes", 100, run => run with { Failed = 3, Error = Late })];

        Assert.EndsWith($" First error: {Late}.", Assert.Single(new InvalidRunsRule().Evaluate(Document(failed))).Message, StringComparison.Ordinal);
        Assert.EndsWith("a dis...", FindingWords.WithError(new string('x', 145), LongError), StringComparison.Ordinal);
        Assert.Equal("It failed. First error: no error was told.", FindingWords.WithError("It failed.", null));
    }

    /// <summary>Experiments in which so much went wrong that every rule finds something, and has much to tell.</summary>
    private static IEnumerable<ExperimentDocument> Provoking()
    {
        RunResult[] sequential = [.. Runs("sequential", 100, run => run with { Load = new MachineLoad(200, 900, 1_000), WallMs = run.WallMs * (1 + (0.1 * run.Round)) })];
        yield return Document(sequential) with { Resumptions = [new Resumption(new DateTimeOffset(2026, 1, 31, 9, 30, 0, TimeSpan.Zero), 12)] };
        yield return Document(
        [
            .. sequential,
            .. Runs("processes", 100, run => run with { Degree = 64, ProcessStartMs = 5_000, ProcessesLost = 2, Retried = 3, TaskTimes = Times }),
            .. Runs("threads", 100, run => run with { TaskTimes = new TaskTimes(0.1, 0.0001, 0.001, 0.1) }),
            .. Runs("event-loop", 100, run => run),
            .. Runs("thread-pool", 100, run => run with { Nature = WorkloadNature.IoBound, Degree = 64, TaskTimes = Times }),
            .. Runs("async", 100, run => run with { Mismatches = 3, Failed = 3, Error = LongError }),
            .. Runs("gil-threads", 100, run => run with { Failed = 3, Error = LongError }),
            .. Runs("durable", 100, run => run with { Degree = 4, Tasks = 100_000 }),
            .. Runs("durable-batch", 100_000, run => run with
            {
                Hosts = 256,
                HostsFromMs = [.. Enumerable.Range(0, 256).Select(host => 90_000.0 + host)],
                OrchestrationStartMs = 600_000,
                ActivitiesRepeated = 100_000,
                Turnaround = new Turnaround(1_000, 10_000),
            }),
            .. Runs("queue", 100, run => run with { Degree = 4, Tasks = 100_000, PoisonMessages = 3, Error = LongError }),
        ]) with
        {
            Environment = new EnvironmentInfo("", "", 2, "", "local", new ProcessorLimits(64, 64, 0.25)) { Configuration = UnoptimisedCode.Configuration },
        };
        yield return Document([.. Runs("durable-batch", 100_000, run => run with { HostsFromMs = [1_200, 90_000], OrchestrationStartMs = 600_000, Turnaround = new Turnaround(1_000, 10_000), MeasuredBy = "0.1.0-preview.2+bbbbbbb" })]) with
        {
            Environment = new EnvironmentInfo("", "", 2, "", EngineNames.AzureFunctions) { Version = "0.1.0-preview.1", Commit = new string('a', 40) },
            OrchestrationStartMs = 600_000,
        };
        yield return Document([.. Runs("queue", 100, run => run with { Degree = 4, Tasks = 100_000, TaskTimes = new TaskTimes(1e9, 0.0001, 1, 1) })]);
        yield return Document([]) with
        {
            Spec = new ExperimentSpec
            {
                Workloads =
                [
                    new WorkloadSpec(new string('x', 50), 1_000_000_000, 8) { Results = TaskResults.NotDeterministic },
                    new WorkloadSpec(new string('y', 50), 1_000_000_000, 8) { Results = TaskResults.None },
                ],
                Models = ["threads"],
            },
        };
        yield return Document([.. Runs("threads", 100, run => run).Take(2)]);
        yield return Document(
        [
            .. Runs("sequential", 100, run => Waiting(run, 1)),
            .. Runs("async", 10, run => Waiting(run, 100_000)),
            .. Runs("thread-pool", 80, run => Waiting(run, 32)),
            .. Runs("threads", 90, run => Waiting(run, 32)),
            .. Runs("processes", 95, run => Waiting(run, 2)),
        ]);
        yield return Document([.. sequential, .. Runs("threads", 1, run => run with { WallMs = run.Round + (run.Round > 11 ? 1_000 : 100) }, rounds: 12)]);
    }

    private static TaskTimes Times => new(MedianWaitMs: 500, MedianExecutionMs: 0.001, TotalExecutionMs: 0.01, HostMs: 1);

    private static RunResult Waiting(RunResult run, int inFlight) => run with { Nature = WorkloadNature.IoBound, InFlight = inFlight, Tasks = 100_000 };

    private static IEnumerable<RunResult> Runs(string model, double wallMs, Func<RunResult, RunResult> change, int rounds = 6) =>
        MeasuredRuns.Of(model, [.. Enumerable.Range(0, rounds).Select(round => wallMs + round)]).Select(change);

    private static ExperimentDocument Document(RunResult[] runs) => new()
    {
        Id = "20260131-093000-test",
        Status = ExperimentStatus.Completed,
        StartedAt = DateTimeOffset.UnixEpoch,
        Spec = new ExperimentSpec { Workloads = [new WorkloadSpec("primes", 1_000, 8)], Models = ["threads"], Precision = 0.001 },
        Environment = new EnvironmentInfo("", "", 2, "", "local"),
        Progress = new ExperimentProgress(0, 0, null),
        Runs = runs,
        Analysis = ExperimentAnalyzer.Analyze(runs),
    };
}
