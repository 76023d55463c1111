using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Tests.Claims;

public class ClaimEvidenceTests
{
    private static readonly ClaimCriterion Met = ClaimCriterion.Always("met", 6, 6);
    private static readonly ClaimCriterion NotMet = ClaimCriterion.Always("not met", 5, 6);
    private static readonly ClaimCriterion Undecided = ClaimCriterion.Always("undecided", 3, 3);

    [Fact]
    public void A_claim_holds_where_all_criteria_are_met()
    {
        Assert.Equal(ClaimVerdict.Holds, ClaimEvidence.Decide([Met, Met], []).Verdict);
        Assert.Equal(ClaimVerdict.Inconclusive, ClaimEvidence.Decide([Met, Undecided], []).Verdict);
        Assert.Equal(ClaimVerdict.DoesNotHold, ClaimEvidence.Decide([Met, Undecided, NotMet], []).Verdict);
        Assert.Throws<ArgumentException>(() => ClaimEvidence.Decide([], []));
    }

    [Fact]
    public void The_criterion_that_decided_is_the_first_with_the_verdict()
    {
        Assert.Same(NotMet, ClaimEvidence.Decide([Met, Undecided, NotMet], []).Decisive);
        Assert.Same(Undecided, ClaimEvidence.Decide([Met, Undecided], []).Decisive);
        Assert.Same(Met, ClaimEvidence.Decide([Met, Met], []).Decisive);
        Assert.Null(ClaimEvidence.NotMeasurable("there is no storage").Decisive);
    }

    [Fact]
    public void Work_in_parallel_is_not_judged_while_others_use_the_processors()
    {
        ClaimEvidence evidence = ClaimEvidence.Decide([Met.OnProcessors()], []);
        var busy = new MachineLoad(StealMs: 100, OtherCpuMs: 200, CapacityMs: 1_000);
        var calm = new MachineLoad(StealMs: 100, OtherCpuMs: 100, CapacityMs: 1_000);

        Assert.Equal(ClaimVerdict.Inconclusive, evidence.Under(busy).Verdict);
        Assert.Equal(ClaimVerdict.Inconclusive, Assert.Single(evidence.Under(busy).Criteria).Outcome);
        Assert.Contains("others used 30 % of the processors", evidence.Under(busy).Reason, StringComparison.Ordinal);
        Assert.Equal((ClaimVerdict.Holds, null), (evidence.Under(calm).Verdict, evidence.Under(calm).Reason));
        Assert.Equal(ClaimVerdict.Holds, evidence.Under(null).Verdict);
        Assert.Equal("there is no storage", ClaimEvidence.NotMeasurable("there is no storage").Under(busy).Reason);
    }

    [Fact]
    public void What_takes_no_free_processor_is_judged_while_others_use_them()
    {
        var busy = new MachineLoad(StealMs: 0, OtherCpuMs: 900, CapacityMs: 1_000);

        Assert.Equal(ClaimVerdict.Holds, ClaimEvidence.Decide([Met, Met], []).Under(busy).Verdict);
        ClaimEvidence refuted = ClaimEvidence.Decide([NotMet, Met.OnProcessors()], []).Under(busy);
        Assert.Equal((ClaimVerdict.DoesNotHold, null), (refuted.Verdict, refuted.Reason));
        Assert.Equal([ClaimVerdict.DoesNotHold, ClaimVerdict.Inconclusive], refuted.Criteria.Select(criterion => criterion.Outcome));
        Assert.Equal(ClaimVerdict.Inconclusive, ClaimEvidence.Decide([Met, NotMet.OnProcessors()], []).Under(busy).Verdict);
    }

    [Fact]
    public void A_control_that_fails_decides_nothing()
    {
        Assert.Equal(ClaimVerdict.Inconclusive, ClaimEvidence.Decide([Met, NotMet.AsControl()], []).Verdict);
        Assert.Equal(ClaimVerdict.DoesNotHold, ClaimEvidence.Decide([NotMet, NotMet.AsControl()], []).Verdict);
        Assert.Same(Met, Met.AsControl());
    }
}
