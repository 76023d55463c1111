using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Claims.Waiting;
using ServerlessConcurrency.Core.Claims;

namespace ServerlessConcurrency.Claims.Tests.Waiting;

public sealed class WaitingClaimTests : ClaimTest
{
    private static readonly WaitingPlan Few = new(LoopTasks: 20, Threads: 20, WaitMs: 10, Rounds: 6, RoundsPerProcess: 6);

    [ClaimFact]
    public async Task Thousands_of_waits_on_a_loop_share_a_thread_and_hardly_switch()
    {
        var claim = new WaitingClaim();

        foreach (ClaimEvidence evidence in new[] { await InDotNetAsync(claim), await InPythonAsync(claim) })
        {
            Assert.NotEqual(ClaimVerdict.DoesNotHold, evidence.Verdict);
            // A busy machine interrupts the loop more often, which may be in one of six rounds more than threads switch in another: what
            // is asked of a share is asked of its median.
            Assert.All(evidence.Criteria, criterion => Assert.True(
                criterion.Outcome == ClaimVerdict.Holds
                    || (criterion.Comparison == ClaimComparison.Below && criterion.Estimate < criterion.Bound),
                criterion.ToString()));
            Assert.Contains(evidence.Figures, figure => figure.Name.EndsWith("10,000 tasks", StringComparison.Ordinal));
            // A loop of as many tasks as there are threads, and the threads.
            Assert.Equal(2, evidence.Figures.Count(
                figure => figure.Chart == "wall time" && figure.Name.EndsWith(", 200 tasks", StringComparison.Ordinal)));
        }
    }

    [ClaimFact]
    public async Task On_a_loop_whose_waits_block_it_does_not_hold()
    {
        PythonScript blocking = PythonScript.Load("waiting").With("await asyncio.sleep(seconds)", "time.sleep(seconds)");
        var claim = new WaitingClaim(Few with { LoopWaits = GatheredWait.Way.Blocking }, blocking);

        foreach (ClaimEvidence evidence in new[] { await InDotNetAsync(claim), await InPythonAsync(claim) })
        {
            AssertVerdict(ClaimVerdict.DoesNotHold, evidence);
            Assert.Equal(ClaimVerdict.DoesNotHold, evidence.Criteria[^1].Outcome);
        }
    }

    [ClaimFact]
    public async Task Where_each_wait_of_the_loop_takes_a_thread_it_does_not_hold()
    {
        PythonScript onThreads = PythonScript.Load("waiting").With(
            "\"asyncio\": wait_on_loop", "\"asyncio\": wait_on_threads");
        var claim = new WaitingClaim(Few with { LoopWaits = GatheredWait.Way.OnThreads }, onThreads);

        foreach (ClaimEvidence evidence in new[] { await InDotNetAsync(claim), await InPythonAsync(claim) })
        {
            AssertVerdict(ClaimVerdict.DoesNotHold, evidence);
            Assert.Equal(ClaimVerdict.DoesNotHold, evidence.Criteria[^2].Outcome);
        }
    }
}
