using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Durable.Journal;
using ServerlessConcurrency.Durable.Tests.InMemory;

namespace ServerlessConcurrency.Durable.Tests.Journal;

public sealed class RunJournalTests
{
    private readonly MemoryStore _store = new();
    private readonly RunJournal _journal;

    public RunJournalTests() => _journal = new RunJournal(_store);

    [Theory]
    [InlineData(ExperimentStatus.Pending, true)]
    [InlineData(ExperimentStatus.Running, true)]
    [InlineData(ExperimentStatus.Completed, false)]
    [InlineData(ExperimentStatus.Cancelled, false)]
    [InlineData(ExperimentStatus.Failed, false)]
    public async Task An_experiment_is_wanted_until_it_has_ended(ExperimentStatus status, bool isWanted)
    {
        await _store.SaveAsync(SmallExperiment.Document(SmallExperiment.Spec("sequential"), status));

        Assert.Equal(isWanted, await _journal.IsWantedAsync(SmallExperiment.Id, default));
        Assert.False(await _journal.IsWantedAsync("20260131-093000-none", default));
    }

    [Fact]
    public async Task A_run_that_is_kept_twice_is_there_once_with_its_last_rows()
    {
        ExperimentDocument document = SmallExperiment.Document(SmallExperiment.Spec("sequential"));
        await _store.SaveAsync(document);
        PlannedRun planned = SmallExperiment.Run("sequential", 2, 1);
        Assert.False(await _journal.HasAsync(SmallExperiment.Id, planned.RunId, default));

        await _journal.KeepAsync(document, Kept(planned, wallMs: 1), default);
        await _journal.KeepAsync(document, Kept(planned, wallMs: 2), default);

        Assert.True(await _journal.HasAsync(SmallExperiment.Id, planned.RunId, default));
        RunResult run = Assert.Single(await _journal.ReadRunsAsync(SmallExperiment.Id, [planned, planned with { RunId = "r0001-002" }], default));
        Assert.Equal(2, run.WallMs);
        Assert.Equal([0, 1], (await _journal.ReadTimingsAsync(document, run, default)).Select(row => row.TaskIndex));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("0.0.0-before", true)]
    public async Task A_run_tells_that_another_version_than_the_experiments_measured_it(string? first, bool told)
    {
        ExperimentDocument document = SmallExperiment.Document(SmallExperiment.Spec("sequential"));
        await _store.SaveAsync(document = document with { Environment = document.Environment with { Version = first } });
        PlannedRun planned = SmallExperiment.Run("sequential", 2, 1);

        await _journal.KeepAsync(document, Kept(planned, wallMs: 1), default);

        RunResult run = Assert.Single(await _journal.ReadRunsAsync(SmallExperiment.Id, [planned], default));
        Assert.Equal(told ? MachineInfo.Describe("").Program : null, run.MeasuredBy);
    }

    [Fact]
    public async Task Keeping_a_run_shows_progress_and_does_not_bring_an_ended_experiment_back()
    {
        ExperimentDocument document = SmallExperiment.Document(SmallExperiment.Spec("sequential"), ExperimentStatus.Pending);
        await _store.SaveAsync(document);
        ExperimentDocument later = document with { Progress = document.Progress with { RunsDone = 1 } };

        await _journal.KeepAsync(later, Kept(SmallExperiment.Run("sequential", 2, 1), 1), default);
        var stored = (ExperimentDocument)(await _store.FindAsync(SmallExperiment.Id))!;
        Assert.Equal((ExperimentStatus.Running, 1), (stored.Status, stored.Progress.RunsDone));

        await _store.SaveAsync(stored with { Status = ExperimentStatus.Cancelled });
        await _journal.KeepAsync(later, Kept(SmallExperiment.Run("sequential", 2, 1), 1), default);
        Assert.Equal(ExperimentStatus.Cancelled, (await _store.FindAsync(SmallExperiment.Id))!.Status);
    }

    [Fact]
    public async Task A_run_begins_once_however_often_its_activity_is_executed()
    {
        Assert.Equal(17, await _journal.BeginOnceAsync(SmallExperiment.Id, "r0001-001", 17, default));
        Assert.Equal(17, await _journal.BeginOnceAsync(SmallExperiment.Id, "r0001-001", 99, default));
        Assert.Equal(99, await _journal.BeginOnceAsync(SmallExperiment.Id, "r0001-002", 99, default));
    }

    [Fact]
    public async Task A_measurement_that_is_given_up_though_nobody_cancelled_it_is_an_error()
    {
        await _store.SaveAsync(SmallExperiment.Document(SmallExperiment.Spec("sequential")));

        await Assert.ThrowsAsync<TaskCanceledException>(() => _journal.WhileWantedAsync(
            SmallExperiment.Id, _ => throw new TaskCanceledException("something in it was given up"), default));
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task A_measurement_is_cancelled_with_its_experiment_also_after_the_storage_was_away()
    {
        ExperimentDocument document = SmallExperiment.Document(SmallExperiment.Spec("sequential"));
        await _store.SaveAsync(document);
        int looks = 0;
        _store.BeforeFind = () =>
        {
            if (++looks == 1)
                throw new StorageUnavailableException("it does not answer");
        };
        var journal = new RunJournal(_store) { TimeBetweenLooks = TimeSpan.FromMilliseconds(10) };
        var cancelled = new TaskCompletionSource();

        await journal.WhileWantedAsync(
            SmallExperiment.Id,
            async wanted =>
            {
                await Eventually.True(() => looks > 1, "it was looked for again");
                await _store.SaveAsync(document with { Status = ExperimentStatus.Cancelled }, CancellationToken.None);
                wanted.Register(cancelled.SetResult);
                await cancelled.Task;
                wanted.ThrowIfCancellationRequested();
            },
            default);
    }

    [Fact]
    public async Task Attempts_come_back_from_their_file_as_they_were()
    {
        TaskAttempt[] attempts =
        [
            new(0, 1, new HostIdentity("a", 1), 2, 3, 4, 5, ulong.MaxValue, TaskOutcome.Succeeded),
            new(1, 2, new HostIdentity("b", 6), 0, UtcClock.Instance.GetTimestamp(), 8, 9, 0, TaskOutcome.TimedOut, "too slow"),
        ];

        await _journal.SaveAttemptsAsync(SmallExperiment.Id, "batch.json", attempts, default);

        Assert.Equal(attempts, await _journal.ReadAttemptsAsync(SmallExperiment.Id, "batch.json", default));
        var missing = await Assert.ThrowsAsync<FileNotFoundException>(() => _journal.ReadAttemptsAsync(SmallExperiment.Id, "other.json", default));
        Assert.Contains("deleted", missing.Message);
    }

    private static RunTimings Kept(PlannedRun planned, double wallMs)
    {
        var recorder = new TaskRecorder(planned.Workload.Tasks);
        for (int task = 0; task < planned.Workload.Tasks; task++)
            recorder.Record(new TaskAttempt(task, 1, new HostIdentity("a", 1), 1, 0, 0, 1, 1, TaskOutcome.Succeeded));
        return new RunTimings(RunSummary.Of(planned, recorder, wallMs, null), recorder.Timings());
    }
}
