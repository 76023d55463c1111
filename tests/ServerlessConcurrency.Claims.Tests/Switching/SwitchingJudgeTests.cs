using ServerlessConcurrency.Claims.Switching;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Claims;

namespace ServerlessConcurrency.Claims.Tests.Switching;

public sealed class SwitchingJudgeTests
{
    [Fact]
    public void Processes_that_cost_five_percent_more_by_both_means_cost_more()
    {
        ClaimEvidence evidence = Judge(SwitchingLabels.DotNet, pipe: 1.05, memory: 1.05);

        Assert.Equal(ClaimVerdict.Holds, evidence.Verdict);
        Assert.Equal(2, evidence.Criteria.Count);
        Assert.All(evidence.Criteria, criterion => Assert.Equal(SwitchingJudge.SameCost, criterion.Bound));
        Assert.All(evidence.Criteria, criterion => Assert.InRange(criterion.Estimate, 1.049, 1.051));
    }

    [Fact]
    public void What_run_calls_no_difference_does_not_hold_as_one()
    {
        ClaimEvidence evidence = Judge(SwitchingLabels.DotNet, pipe: 1.02, memory: 1.02);
        ConfidenceInterval speedup = new(1.02, 1.015, 1.025, BootstrapInterval.Coverage);

        Assert.Equal(Verdict.NoDifference, Decision.On(speedup, adjustedPValue: 0.001));
        Assert.Equal(ClaimVerdict.DoesNotHold, evidence.Verdict);
        Assert.StartsWith("A round trip took 1.02 times", evidence.Decisive?.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.98, 1.06)]
    [InlineData(1.06, 0.98)]
    public void Processes_that_cost_less_by_one_means_refute_it(double pipe, double memory) =>
        Assert.Equal(ClaimVerdict.DoesNotHold, Judge(SwitchingLabels.DotNet, pipe, memory).Verdict);

    [Fact]
    public void Processes_that_cost_as_much_as_the_bound_decide_nothing() => Assert.Equal(
        ClaimVerdict.Inconclusive, Judge(SwitchingLabels.DotNet, pipe: SwitchingJudge.SameCost, memory: SwitchingJudge.SameCost).Verdict);

    [Fact]
    public void Unlike_means_decide_nothing_and_are_told_where_threads_cost_more()
    {
        SwitchingBlock[] blocks = [.. Blocks(1.06, 1.06), .. Blocks(SwitchingBlock.ThreadsUsual, 40_000)];

        ClaimEvidence evidence = new SwitchingJudge(blocks, SwitchingLabels.DotNet, seed: 1).Judge();

        Assert.Equal(ClaimVerdict.Holds, evidence.Verdict);
        Assert.Contains(evidence.Figures, figure => figure.Name == "processes (pipe) over threads (Monitor)" && figure.High < 1);
        Assert.Contains(evidence.Remarks, remark => remark.EndsWith("Monitor.Wait switches several times for one hand-over", StringComparison.Ordinal));
    }

    [Fact]
    public void The_semaphore_of_CPython_decides_only_where_there_is_no_interpreter_lock()
    {
        ClaimEvidence locked = Judge(SwitchingLabels.CPython(interpreterLock: true), pipe: 1.06, memory: 0.44);
        ClaimEvidence free = Judge(SwitchingLabels.CPython(interpreterLock: false), pipe: 1.06, memory: 0.44);

        Assert.Equal(ClaimVerdict.Holds, locked.Verdict);
        Assert.Single(locked.Criteria);
        Assert.Contains(locked.Remarks, remark => remark.Contains("0.44 times", StringComparison.Ordinal));
        Assert.Equal(ClaimVerdict.DoesNotHold, free.Verdict);
    }

    [Fact]
    public void Rounds_on_any_processor_decide_only_where_no_program_can_be_pinned()
    {
        SwitchingBlock[] free = [.. Blocks(0.5, 0.5).Select(block => block with { Pinned = false })];

        ClaimEvidence both = new SwitchingJudge([.. Blocks(1.06, 1.06), .. free], SwitchingLabels.DotNet, seed: 1).Judge();
        ClaimEvidence freeAlone = new SwitchingJudge(free, SwitchingLabels.DotNet, seed: 1).Judge();

        Assert.Equal(ClaimVerdict.Holds, both.Verdict);
        Assert.Contains(both.Remarks, remark => remark.Contains("0.50 times as long as threads (pipe) on any processor", StringComparison.Ordinal));
        Assert.Equal(ClaimVerdict.DoesNotHold, freeAlone.Verdict);
    }

    private static ClaimEvidence Judge(SwitchingLabels labels, double pipe, double memory) =>
        new SwitchingJudge([.. Blocks(pipe, memory)], labels, seed: 1).Judge();

    /// <summary>Blocks in which processes take so many times as long as threads, by each of the two means.</summary>
    private static IEnumerable<SwitchingBlock> Blocks(double pipe, double memory) =>
    [
        .. Blocks(SwitchingBlock.ThreadsPipe, 8_000),
        .. Blocks(SwitchingBlock.ProcessesPipe, 8_000 * pipe, noise: 0.01),
        .. Blocks(SwitchingBlock.ThreadsMemory, 7_000),
        .. Blocks(SwitchingBlock.ProcessesMemory, 7_000 * memory, noise: 0.01),
    ];

    private static IEnumerable<SwitchingBlock> Blocks(string kind, double nanoseconds, double noise = 0) =>
        Enumerable.Range(0, 41).Select(round => new SwitchingBlock(
            kind, Pinned: true, round, nanoseconds * (1 + (noise * ((round % 5) - 2) / 2)), Voluntary: 1, Involuntary: 1));
}
