using ServerlessConcurrency.Claims.InterpreterLock;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Claims.Tests.InterpreterLock;

public sealed class ThreadsUnderLockClaimTests : ClaimTest
{
    [ClaimFact(Processors = 2)]
    public Task It_holds_under_an_emulated_lock() => AssertEmulatedAsync(ClaimVerdict.Holds, new ThreadsUnderLockClaim());

    [ClaimFact(Processors = 2)]
    public Task It_does_not_hold_for_threads_of_dotnet() => AssertDotNetAsync(ClaimVerdict.DoesNotHold, new ThreadsUnderLockClaim());

    [ClaimFact(Processors = 2)]
    public Task It_holds_for_CPython() => AssertPythonAsync(ClaimVerdict.Holds, new ThreadsUnderLockClaim());

    [ClaimFact(Processors = 2)]
    public async Task Without_the_lock_it_does_not_hold()
    {
        PythonScript withProcesses = PythonScript.Load("speedup").With("options[\"executor\"] ==", "\"processes\" ==");
        var claim = new ThreadsUnderLockClaim(ThreadsModel.ModelId, withProcesses);

        await AssertEmulatedAsync(ClaimVerdict.DoesNotHold, claim);
        await AssertPythonAsync(ClaimVerdict.DoesNotHold, claim);
    }
}
