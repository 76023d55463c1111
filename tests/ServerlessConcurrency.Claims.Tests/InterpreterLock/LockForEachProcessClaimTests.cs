using ServerlessConcurrency.Claims.InterpreterLock;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Claims.Tests.InterpreterLock;

public sealed class LockForEachProcessClaimTests : ClaimTest
{
    [ClaimFact(Processors = 2)]
    public async Task It_holds_for_emulated_locks_and_CPython_and_not_for_threads_of_dotnet()
    {
        var claim = new LockForEachProcessClaim();

        await AssertDotNetAsync(ClaimVerdict.DoesNotHold, claim);
        await AssertEmulatedAsync(ClaimVerdict.Holds, claim);
        await AssertPythonAsync(ClaimVerdict.Holds, claim);
    }

    [ClaimFact(Processors = 2)]
    public async Task Without_the_lock_it_does_not_hold()
    {
        PythonScript withProcesses = PythonScript.Load("lock_for_each_process")
            .With("import ThreadPoolExecutor", "import ProcessPoolExecutor")
            .With("ThreadPoolExecutor(2)", "ProcessPoolExecutor(2)")
            .With(
                "threads.map(lambda share: [execute(options, index) for index in share], shares)",
                "threads.map(compute_share, [options] * number, shares)")
            .With("def compute_shares", "def compute_share(options, share):\n    return [execute(options, index) for index in share]\n\n\ndef compute_shares");
        var claim = new LockForEachProcessClaim(ThreadsModel.ModelId, withProcesses);

        await AssertEmulatedAsync(ClaimVerdict.DoesNotHold, claim);
        await AssertPythonAsync(ClaimVerdict.DoesNotHold, claim);
    }
}
