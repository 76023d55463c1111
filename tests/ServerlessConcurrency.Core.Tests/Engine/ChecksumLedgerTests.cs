using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Core.Tests.Engine;

public sealed class ChecksumLedgerTests
{
    private static readonly WorkloadSpec Primes = new("primes", 100, 3);

    [Fact]
    public void Runs_wait_for_the_baseline_and_are_then_judged_together()
    {
        var ledger = new ChecksumLedger(hasSequential: true);
        PlannedRun early = Run("threads", 1);
        PlannedRun wrong = Run("async", 2);
        PlannedRun baseline = Run("sequential", 3);

        Assert.Empty(ledger.Compare(early, Recorded(1, 2, 3)));
        Assert.Empty(ledger.Compare(wrong, Recorded(1, 9, 9)));

        Assert.Equal([(early, 0), (wrong, 2), (baseline, 0)], ledger.Compare(baseline, Recorded(1, 2, 3)));
        PlannedRun late = Run("threads", 4);
        Assert.Equal([(late, 1)], ledger.Compare(late, Recorded(1, 2, 4)));
    }

    [Fact]
    public void A_sequential_run_with_a_failed_task_is_no_baseline()
    {
        var ledger = new ChecksumLedger(hasSequential: true);

        Assert.Empty(ledger.Compare(Run("sequential", 1), Recorded(1, null, 3)));
        Assert.Equal([0, 0], ledger.Compare(Run("sequential", 2), Recorded(1, 2, 3)).Select(judged => judged.Differing));
    }

    [Fact]
    public void A_task_that_failed_is_not_counted_as_different_as_well()
    {
        var ledger = new ChecksumLedger(hasSequential: true);
        ledger.Compare(Run("sequential", 1), Recorded(1, 2, 3));

        Assert.Equal(1, Assert.Single(ledger.Compare(Run("threads", 2), Recorded(null, 9, 3))).Differing);
    }

    [Fact]
    public void Each_workload_and_size_has_its_own_baseline()
    {
        var ledger = new ChecksumLedger(hasSequential: true);
        ledger.Compare(Run("sequential", 1), Recorded(1, 2, 3));
        PlannedRun other = Run("threads", 2) with { Workload = Primes with { Size = 200 } };

        Assert.Empty(ledger.Compare(other, Recorded(4, 5, 6)));
        Assert.Equal([0, 0], ledger.Compare(
            Run("sequential", 3) with { Workload = other.Workload }, Recorded(4, 5, 6)).Select(judged => judged.Differing));
    }

    private static PlannedRun Run(string model, int place) => new($"r0001-{place:D3}", 1, IsWarmup: false, Primes, model, Degree: 1);

    private static TaskRecorder Recorded(params ulong?[] checksums)
    {
        var recorder = new TaskRecorder(checksums.Length);
        for (int task = 0; task < checksums.Length; task++)
        {
            recorder.Record(new TaskAttempt(
                task, 1, HostIdentity.Current, 0, 0, 0, 0, checksums[task] ?? 0, checksums[task] is null ? TaskOutcome.Failed : TaskOutcome.Succeeded));
        }

        return recorder;
    }
}
