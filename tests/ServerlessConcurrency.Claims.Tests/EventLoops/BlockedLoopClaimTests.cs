using ServerlessConcurrency.Claims.EventLoops;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Core.Claims;

namespace ServerlessConcurrency.Claims.Tests.EventLoops;

public sealed class BlockedLoopClaimTests : ClaimTest
{
    [Trait("Category", "Measured")]
    [ClaimFact]
    public async Task It_holds_for_both()
    {
        await AssertDotNetAsync(ClaimVerdict.Holds, new BlockedLoopClaim());
        await AssertPythonAsync(ClaimVerdict.Holds, new BlockedLoopClaim());
    }

    [ClaimFact]
    public async Task No_short_task_goes_on_before_the_long_one_has_ended()
    {
        var claim = new BlockedLoopClaim();

        foreach (ClaimEvidence evidence in new[] { await InDotNetAsync(claim), await InPythonAsync(claim) })
            // All but the 1 ms after which the first is due, however busy the machine is.
            Assert.InRange(evidence.Criteria[0].Low, 90, double.PositiveInfinity);
    }

    [Trait("Category", "Measured")]
    [ClaimFact]
    public async Task Computing_on_another_thread_does_not_make_it_hold()
    {
        PythonScript offLoop = PythonScript.Load("blocked_loop").With("return compute()", "return await compute_off_loop()");
        var claim = new BlockedLoopClaim(computesOnLoop: false, offLoop);

        foreach (ClaimEvidence evidence in new[] { await InDotNetAsync(claim), await InPythonAsync(claim) })
            Assert.NotEqual(ClaimVerdict.Holds, evidence.Verdict);
    }
}
