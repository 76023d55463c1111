using ServerlessConcurrency.Claims.EventLoops;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Core.Claims;

namespace ServerlessConcurrency.Claims.Tests.EventLoops;

public sealed class BlockedLoopClaimTests : ClaimTest
{
    [ClaimFact]
    public async Task It_holds_for_both()
    {
        await AssertDotNetAsync(ClaimVerdict.Holds, new BlockedLoopClaim());
        await AssertPythonAsync(ClaimVerdict.Holds, new BlockedLoopClaim());
    }

    [ClaimFact(Processors = 2)]
    public async Task Computing_on_another_thread_blocks_no_loop()
    {
        PythonScript offLoop = PythonScript.Load("blocked_loop").With("return compute()", "return await compute_off_loop()");
        var claim = new BlockedLoopClaim(computesOnLoop: false, offLoop);

        await AssertDotNetAsync(ClaimVerdict.DoesNotHold, claim);
        await AssertPythonAsync(ClaimVerdict.DoesNotHold, claim);
    }
}
