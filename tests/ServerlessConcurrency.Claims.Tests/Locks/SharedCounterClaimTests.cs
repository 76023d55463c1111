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

    [Trait("Category", "Measured")]
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

    [Trait("Category", "Measured")]
    [ClaimFact(Timeout = GuardMs)]
    public async Task With_unprotected_increments_made_atomic_a_few_trials_decide_nothing()
    {
        var claim = new SharedCounterClaim(new CounterExperiment
        {
            Substitute = way => way == IncrementWay.NoLock ? IncrementWay.Interlocked : way,
            Script = PythonScript.Load("shared_counter")
                .With("\"no lock\": increment,\n        \"no lock, x", "\"no lock\": increment_under(threading.Lock()),\n        \"no lock, x")
                .With("\"no lock\": increment,\n        \"multi", "\"no lock\": increment_under(lock),\n        \"multi"),
        });

        foreach (ClaimEvidence evidence in (ClaimEvidence[])[await InDotNetAsync(claim), await InPythonAsync(claim)])
        {
            AssertVerdict(ClaimVerdict.Inconclusive, evidence);
            Assert.All(evidence.Criteria.Take(2), criterion => Assert.Equal((0, ClaimVerdict.Inconclusive), (criterion.Estimate, criterion.Outcome)));
            Assert.All(evidence.Criteria.Skip(2), criterion => Assert.Equal(ClaimVerdict.Holds, criterion.Outcome));
        }
    }

    [Trait("Category", "Measured")]
    [ClaimTheory(Timeout = GuardMs)]
    [InlineData("\"threading.Lock\": increment_under(threading.Lock())", "\"threading.Lock\": increment")]
    [InlineData("\"threading.Semaphore\": increment_under(threading.Semaphore(1))", "\"threading.Semaphore\": increment")]
    [InlineData("\"multiprocessing.Lock\": increment_under(lock)", "\"multiprocessing.Lock\": increment")]
    [InlineData("\"file lock\": increment_under(FileLock())", "\"file lock\": increment")]
    public async Task With_a_lock_of_CPython_removed_it_does_not_hold(string way, string unprotected)
    {
        var claim = new SharedCounterClaim(new CounterExperiment { Script = PythonScript.Load("shared_counter").With(way, unprotected) });

        AssertVerdict(ClaimVerdict.DoesNotHold, await InPythonAsync(claim));
    }

    [Theory]
    [InlineData(6, 1, 0, ClaimVerdict.Holds)]
    [InlineData(6, 0, 0, ClaimVerdict.Inconclusive)]
    [InlineData(72, 0, 0, ClaimVerdict.DoesNotHold)]
    [InlineData(6, 6, 1, ClaimVerdict.DoesNotHold)]
    [InlineData(5, 5, 0, ClaimVerdict.Inconclusive)]
    public void One_loss_proves_a_race_and_refutes_a_lock(int rounds, int lossesWithout, int lossesWith, ClaimVerdict expected)
    {
        IReadOnlyList<CounterTrial> trials =
        [
            .. Enumerable.Range(0, rounds).Select(round => Trial(CounterTrial.NoLock, round < lossesWithout)),
            .. Enumerable.Range(0, rounds).Select(round => Trial("lock", round < lossesWith)),
        ];

        AssertVerdict(expected, SharedCounterClaim.Judge(Context, trials));
    }

    [Fact]
    public void Who_counts_with_others_goes_on_until_each_has_found_twice_that_others_counted()
    {
        var counter = 0;
        long[] board = new long[CountingInTurns.BoardLength(2)];
        using var start = new Barrier(2);
        var spans = new CountingInTurns.Stint[2];
        Thread[] threads = [.. Enumerable.Range(0, 2).Select(index => new Thread(() => Count(index)))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();

        Assert.All(spans, span => Assert.True(span.InTurns));
        Assert.Equal(counter, spans.Sum(span => span.Increments));
        Assert.True(spans[0].Began < spans[1].Ended && spans[1].Began < spans[0].Ended);

        void Count(int index)
        {
            start.SignalAndWait();
            spans[index] = CountingInTurns.Run(count => Interlocked.Add(ref counter, count), board, index, workers: 2);
        }
    }

    private static CounterTrial Trial(string way, bool loses) =>
        new(CounterTrial.Threads, way, Workers: 4, Increments: 1_000, Counted: loses ? 999 : 1_000, Seconds: 0.04);
}
