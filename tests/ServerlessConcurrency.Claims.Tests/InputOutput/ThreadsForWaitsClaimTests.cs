using ServerlessConcurrency.Claims.InputOutput;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Workers.Loopback;

namespace ServerlessConcurrency.Claims.Tests.InputOutput;

public sealed class ThreadsForWaitsClaimTests : ClaimTest
{
    [ClaimFact]
    public async Task It_holds_for_both()
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(Context.Launch, Patience);
        Context.Workloads.HttpServer = server.Address;

        await AssertDotNetAsync(ClaimVerdict.Holds, new ThreadsForWaitsClaim());
        await AssertPythonAsync(ClaimVerdict.Holds, new ThreadsForWaitsClaim());
    }

    [ClaimFact]
    public async Task Waits_that_hold_a_lock_do_not_overlap()
    {
        PythonScript locked = PythonScript.Load("waits")
            .With("options = json.loads", "import threading\nLOCK = threading.Lock()\noptions = json.loads")
            .With("return WORKLOADS[kind](size, index, options[\"seed\"])", "with LOCK:\n                        return WORKLOADS[kind](size, index, options[\"seed\"])");

        // A single thread waits as threads do of which each needs what another holds.
        await AssertDotNetAsync(ClaimVerdict.DoesNotHold, new ThreadsForWaitsClaim(threads: 1, locked));
        await AssertPythonAsync(ClaimVerdict.DoesNotHold, new ThreadsForWaitsClaim(threads: 8, locked));
    }
}
