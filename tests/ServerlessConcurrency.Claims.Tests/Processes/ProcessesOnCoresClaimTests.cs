using ServerlessConcurrency.Claims.Processes;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Claims.Tests.Processes;

public sealed class ProcessesOnCoresClaimTests : ClaimTest
{
    [ClaimFact(Processors = 2)]
    public async Task It_holds_for_both()
    {
        await AssertDotNetAsync(ClaimVerdict.Holds, new ProcessesOnCoresClaim());
        await AssertPythonAsync(ClaimVerdict.Holds, new ProcessesOnCoresClaim());
    }

    [ClaimFact(Processors = 2)]
    public async Task Threads_under_a_lock_in_their_place_do_not()
    {
        var claim = new ProcessesOnCoresClaim(GilThreadsModel.ModelId, "threads");

        await AssertDotNetAsync(ClaimVerdict.DoesNotHold, claim);
        await AssertPythonAsync(ClaimVerdict.DoesNotHold, claim);
    }

    [Fact]
    public async Task On_a_single_processor_it_is_not_measurable()
    {
        Context = Context with { Environment = Context.Environment with { Processors = 1 } };

        await AssertDotNetAsync(ClaimVerdict.NotMeasurable, new ProcessesOnCoresClaim());
    }
}
