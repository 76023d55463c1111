using ServerlessConcurrency.Claims.InterpreterLock;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Claims.Runs;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Claims.Tests.InterpreterLock;

public sealed class ThreadsUnderLockClaimTests : ClaimTest
{
    [Trait("Category", "Measured")]
    [ClaimFact(Processors = 2)]
    public Task It_holds_under_an_emulated_lock() => AssertEmulatedAsync(ClaimVerdict.Holds, new ThreadsUnderLockClaim());

    [Trait("Category", "Measured")]
    [ClaimFact(Processors = 2)]
    public Task It_does_not_hold_for_threads_of_dotnet() => AssertDotNetAsync(ClaimVerdict.DoesNotHold, new ThreadsUnderLockClaim());

    [Trait("Category", "Measured")]
    [ClaimFact(Processors = 2)]
    public Task It_holds_for_CPython() => AssertPythonAsync(ClaimVerdict.Holds, new ThreadsUnderLockClaim());

    [Trait("Category", "Measured")]
    [ClaimFact(Processors = 2)]
    public async Task Without_the_lock_it_does_not_hold()
    {
        PythonScript withProcesses = PythonScript.Load("speedup").With("if kind == \"processes\":", "if True:");
        var claim = new ThreadsUnderLockClaim(ThreadsModel.ModelId, withProcesses);

        await AssertEmulatedAsync(ClaimVerdict.DoesNotHold, claim);
        await AssertPythonAsync(ClaimVerdict.DoesNotHold, claim);
    }

    [Theory]
    [InlineData(1, 1.05, 0.6, ClaimVerdict.Holds)]
    [InlineData(1, 0.55, 0.55, ClaimVerdict.DoesNotHold)]
    // Where nothing is faster in parallel, nothing is said of locks.
    [InlineData(1, 1.05, 1, ClaimVerdict.Inconclusive)]
    // A lock that costs as much as the second processor brings.
    [InlineData(1, 0.85, 0.85, ClaimVerdict.Inconclusive)]
    public void It_holds_where_threads_bring_nothing_and_work_without_a_lock_does(
        double sequential, double threads, double control, ClaimVerdict expected)
    {
        var times = new SpeedupTimes(Around(sequential), Around(threads)) { Control = Around(control) };

        Assert.Equal(expected, ThreadsUnderLockClaim.Judge("threads", "processes", times, seed: 1).Verdict);
    }

    [ClaimFact(Processors = 2)]
    public async Task Under_a_lock_one_thread_computes_at_a_time_however_busy_the_machine_is()
    {
        ClaimEvidence emulated = (await new ThreadsUnderLockClaim().MeasureEmulatedAsync(Context, Patience))!;
        ClaimEvidence python = await InPythonAsync(new ThreadsUnderLockClaim());

        Assert.All([emulated, python], evidence => Assert.InRange(
            Assert.Single(evidence.Figures, figure => figure.Unit == "processors").Estimate, 0, 1.2));
    }
}
