using ServerlessConcurrency.Claims.InterpreterLock;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Claims.Tests.InterpreterLock;

public sealed class ThreadsUnderLockClaimTests : ClaimTest
{
    [MultiProcessorFact]
    public async Task It_holds_for_emulated_locks_and_CPython_and_not_for_threads_of_dotnet()
    {
        var claim = new ThreadsUnderLockClaim();

        AssertVerdict(ClaimVerdict.DoesNotHold, await InDotNetAsync(claim));
        AssertVerdict(ClaimVerdict.Holds, (await claim.MeasureEmulatedAsync(Context, Patience))!);
        AssertVerdict(ClaimVerdict.Holds, await InPythonAsync(claim));
    }

    [MultiProcessorFact]
    public async Task Without_the_lock_it_does_not_hold()
    {
        PythonScript withProcesses = PythonScript.Load("thread_speedup").With("ThreadPoolExecutor", "ProcessPoolExecutor");
        var claim = new ThreadsUnderLockClaim(ThreadsModel.ModelId, withProcesses);

        AssertVerdict(ClaimVerdict.DoesNotHold, (await claim.MeasureEmulatedAsync(Context, Patience))!);
        AssertVerdict(ClaimVerdict.DoesNotHold, await InPythonAsync(claim));
    }
}
