using ServerlessConcurrency.Claims.Locks;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Core.Claims;

namespace ServerlessConcurrency.Claims.Tests.Locks;

public sealed class SharedCounterClaimTests : ClaimTest
{
    private const int GuardMs = 180_000;

    public static TheoryData<string> DotNetLocks => [.. Enum.GetNames<IncrementWay>().Where(way => way != nameof(IncrementWay.NoLock))];

    [ClaimFact(Timeout = GuardMs)]
    public async Task Increments_are_lost_without_a_lock_and_none_with_one()
    {
        var claim = new SharedCounterClaim();

        ClaimEvidence dotNet = await InDotNetAsync(claim);
        AssertVerdict(ClaimVerdict.Holds, dotNet);
        Assert.Equal(8, dotNet.Criteria.Count);
        AssertVerdict(ClaimVerdict.Holds, await InPythonAsync(claim));
        Assert.Empty(Directory.GetFileSystemEntries(Context.Folder));
    }

    [Theory(Timeout = GuardMs)]
    [MemberData(nameof(DotNetLocks))]
    public async Task With_a_lock_removed_it_does_not_hold(string broken)
    {
        var claim = new SharedCounterClaim(new CounterExperiment
        {
            Substitute = way => way.ToString() == broken ? IncrementWay.NoLock : way,
        });

        AssertVerdict(ClaimVerdict.DoesNotHold, await InDotNetAsync(claim));
    }

    [ClaimFact(Timeout = GuardMs)]
    public async Task With_unprotected_increments_made_atomic_it_does_not_hold()
    {
        var claim = new SharedCounterClaim(new CounterExperiment
        {
            Substitute = way => way == IncrementWay.NoLock ? IncrementWay.Interlocked : way,
            Script = PythonScript.Load("shared_counter")
                .With("\"no lock\": (increment, 200000)", "\"no lock\": (increment_under(threading.Lock()), 200000)")
                .With("\"no lock\": (increment, 50000)", "\"no lock\": (increment_under(lock), 50000)"),
        });

        ClaimEvidence dotNet = await InDotNetAsync(claim);
        AssertVerdict(ClaimVerdict.DoesNotHold, dotNet);
        Assert.All(dotNet.Criteria.Take(2), criterion => Assert.Equal(ClaimVerdict.DoesNotHold, criterion.Outcome));
        ClaimEvidence python = await InPythonAsync(claim);
        AssertVerdict(ClaimVerdict.DoesNotHold, python);
        Assert.All(python.Criteria.Take(2), criterion => Assert.Equal(ClaimVerdict.DoesNotHold, criterion.Outcome));
    }

    [ClaimTheory(Timeout = GuardMs)]
    [InlineData("(increment_under(threading.Lock()), 10000)", "(increment, 200000)")]
    [InlineData("(increment_under(threading.Semaphore(1)), 3000)", "(increment, 200000)")]
    [InlineData("(increment_under(lock), 5000)", "(increment, 100000)")]
    [InlineData("(increment_under(FileLock()), 5000)", "(increment, 100000)")]
    public async Task With_a_lock_of_CPython_removed_it_does_not_hold(string way, string unprotected)
    {
        var claim = new SharedCounterClaim(new CounterExperiment { Script = PythonScript.Load("shared_counter").With(way, unprotected) });

        AssertVerdict(ClaimVerdict.DoesNotHold, await InPythonAsync(claim));
    }
}
