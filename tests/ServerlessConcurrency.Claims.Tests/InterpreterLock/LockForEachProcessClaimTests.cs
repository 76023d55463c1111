using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Claims.InterpreterLock;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Claims.Tests.InterpreterLock;

public sealed class LockForEachProcessClaimTests : ClaimTest
{
    [Trait("Category", "Measured")]
    [ClaimFact(Processors = 2)]
    public async Task It_holds_for_emulated_locks_and_CPython_and_not_for_threads_of_dotnet()
    {
        var claim = new LockForEachProcessClaim();

        await AssertDotNetAsync(ClaimVerdict.DoesNotHold, claim);
        await AssertEmulatedAsync(ClaimVerdict.Holds, claim);
        await AssertPythonAsync(ClaimVerdict.Holds, claim);
    }

    [Trait("Category", "Measured")]
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

    [Fact]
    public async Task A_process_computes_under_its_lock_while_another_holds_its_own()
    {
        ClaimChild[] children = await new ShareScene().StartAllAsync(Context, [null, null], Patience);
        try
        {
            // Some ten thousand times as much for the one as for the other.
            children[0].Send(new ShareScene.Order(GilThreadsModel.ModelId, Threads: 2, Size: 50_000, Tasks: 50_000, FirstTask: 0, Seed: 1));
            children[1].Send(new ShareScene.Order(GilThreadsModel.ModelId, Threads: 2, Size: 500, Tasks: 200, FirstTask: 0, Seed: 1));
            Task<int> much = children[0].ReceiveAsync<int>(Patience);

            Assert.Equal(0, await children[1].ReceiveAsync<int>(Patience));
            Assert.False(much.IsCompleted);
            children[0].Process.Kill();
            await Assert.ThrowsAnyAsync<Exception>(() => much);
        }
        finally
        {
            Array.ForEach(children, child => child.Dispose());
        }
    }

    [Theory]
    [InlineData(1.02, 0.6, ClaimVerdict.Holds)]
    [InlineData(0.6, 0.6, ClaimVerdict.DoesNotHold)]
    [InlineData(1.02, 1, ClaimVerdict.DoesNotHold)]
    // The thread brings more than the process: neither is decided by a bound alone.
    [InlineData(0.88, 0.93, ClaimVerdict.DoesNotHold)]
    public void It_holds_where_a_process_brings_what_a_thread_does_not(double secondThread, double secondProcess, ClaimVerdict expected)
    {
        var times = new LockForEachProcessTimes(Around(1), Around(secondThread), Around(secondProcess), Around(0.6));

        Assert.Equal(expected, LockForEachProcessClaim.Judge(Context, times).Verdict);
    }

    [Theory]
    [InlineData(2, 0.3, ClaimVerdict.Holds)]
    [InlineData(4, 0.6, ClaimVerdict.Holds)]
    [InlineData(4, 0.3, ClaimVerdict.DoesNotHold)]
    public void From_four_processors_on_a_second_thread_in_each_process_is_to_bring_nothing_either(
        int processors, double both, ClaimVerdict expected)
    {
        Context = Context with { Environment = Context.Environment with { Processors = processors } };
        var times = new LockForEachProcessTimes(Around(1), Around(1.02), Around(0.6), Around(both));

        Assert.Equal(expected, LockForEachProcessClaim.Judge(Context, times).Verdict);
    }
}
