using ServerlessConcurrency.Claims.Waiting;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Claims.Tests.Waiting;

public sealed class WaitingJudgeTests
{
    private static readonly WaitingPlan Plan = new(LoopTasks: 10_000, Threads: 200, WaitMs: 50, Rounds: 6, RoundsPerProcess: 6);

    [Fact]
    public void A_loop_that_hardly_switches_on_one_thread_holds()
    {
        ClaimEvidence evidence = Judge(Rounds(fewSwitches: 10));

        Assert.Equal(ClaimVerdict.Holds, evidence.Verdict);
        Assert.Equal(2.5, evidence.Criteria[0].Estimate, 0.01);
    }

    [Fact]
    public void Switches_are_compared_for_as_many_tasks_and_not_spread_over_more()
    {
        // 800 switches are 8 percent per task of 10,000, and twice those of 200 threads.
        ClaimEvidence evidence = Judge(Rounds(fewSwitches: 800));

        Assert.Equal(ClaimVerdict.DoesNotHold, evidence.Verdict);
        Assert.Equal(200, evidence.Criteria[0].Estimate, 1);
    }

    [Fact]
    public void As_many_switches_as_threads_make_decide_nothing() =>
        Assert.Equal(ClaimVerdict.Inconclusive, Judge(Rounds(fewSwitches: 400)).Verdict);

    [Fact]
    public void One_round_on_two_threads_refutes_it()
    {
        WaitingRound[] rounds = [.. Rounds(fewSwitches: 10).Select(
            round => round is { Tasks: 10_000, Round: 3 } ? round with { TaskThreads = 2 } : round)];

        Assert.Equal(ClaimVerdict.DoesNotHold, Judge(rounds).Criteria[1].Outcome);
    }

    [Fact]
    public void Waits_one_after_another_refute_it()
    {
        WaitingRound[] rounds = [.. Rounds(fewSwitches: 10).Select(round => round with { Seconds = round.Tasks * 0.05 })];

        Assert.Equal(ClaimVerdict.DoesNotHold, Judge(rounds).Criteria[2].Outcome);
    }

    [Fact]
    public void Rounds_in_which_the_loop_had_more_tasks_than_there_could_be_threads_are_not_compared()
    {
        WaitingRound[] rounds = [.. Rounds(fewSwitches: 10).Select(
            round => round.Variant == ThreadsModel.ModelId ? round with { Tasks = 100 } : round)];

        ClaimEvidence evidence = Judge(rounds);

        Assert.Equal(2, evidence.Criteria.Count);
        Assert.Contains("100 threads instead of 200: this system does not allow more at once", evidence.Remarks);
    }

    private static ClaimEvidence Judge(IReadOnlyList<WaitingRound> rounds) => new WaitingJudge(rounds, Plan, WaitingJudge.Labels.DotNet, seed: 1).Judge();

    /// <summary>Rounds in which 200 threads switch 400 times, and a loop of as many tasks so many times.</summary>
    private static WaitingRound[] Rounds(int fewSwitches) =>
    [
        .. Enumerable.Range(0, 6).SelectMany(round => new[]
        {
            Waited(ThreadsModel.ModelId, round, tasks: 200, switches: 400, threads: 200),
            Waited(EventLoopModel.ModelId, round, tasks: 200, switches: fewSwitches + ((round % 3) - 1), threads: 1),
            Waited(EventLoopModel.ModelId, round, tasks: 10_000, switches: 800, threads: 1),
        }),
    ];

    private static WaitingRound Waited(string variant, int round, int tasks, int switches, int threads) => new(
        variant, round, tasks, Seconds: 0.06, threads, WaitingAtOnce: tasks, ProcessThreads: threads + 10, switches, GrownBytes: 0);
}
