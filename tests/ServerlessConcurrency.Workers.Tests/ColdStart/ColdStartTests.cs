using System.Diagnostics;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Isolation;

namespace ServerlessConcurrency.Workers.Tests.ColdStart;

public sealed class ColdStartTests
{
    private const int GuardMs = 120_000;

    [Fact(Timeout = GuardMs)]
    public async Task Every_cold_run_computes_the_same_in_fresh_processes_whose_start_it_includes()
    {
        await using var lab = new ColdStartLab();
        ConcurrencyModel[] models = [.. BuiltInModels.Create().Select(model => model.Id).Append("processes").Select(lab.Model)];
        var processes = new List<int>();
        // Those of two kinds twice: all but the last are one kind here.
        foreach (ConcurrencyModel model in (ConcurrencyModel[])[.. models, models[0], models[^1]])
        {
            RunContext run = lab.NewRun("primes", size: 1_000, tasks: 8);

            ColdOutcome outcome = await lab.ExecuteAsync(model, run);

            Assert.Equal(Checksums(run), run.Recorder.Checksums());
            Assert.True(run.Facts.ProcessStart > TimeSpan.Zero && run.Facts.ProcessStart < outcome.Wall, $"{model.Id}: {run.Facts.ProcessStart} of {outcome.Wall}");
            Assert.Equal(0, run.Facts.ProcessesLost);
            Assert.All(run.Recorder.Attempts(), attempt =>
            {
                Assert.Equal(run.Recorder.BeganTicks, attempt.QueuedTicks);
                Assert.True(attempt.StartedTicks <= attempt.FinishedTicks);
            });
            // Who starts processes one after another, and who fast, may find that the first has executed all tasks.
            Assert.NotEmpty(outcome.ProcessIds);
            processes.AddRange(outcome.ProcessIds);
        }

        Assert.Distinct(processes);
        Assert.DoesNotContain(Environment.ProcessId, processes);
    }

    [Theory(Timeout = GuardMs)]
    [InlineData("sequential")]
    [InlineData("processes")]
    public async Task The_tasks_of_a_cold_run_wait_for_its_process_and_the_start_counts_as_used(string id)
    {
        await using var lab = new ColdStartLab();
        ConcurrencyModel model = lab.Model(id);
        // A task never uses more of a processor than it takes; interrupted by a busy machine, it may take longer than a start uses.
        bool startCounts = false;
        for (int attempt = 0; attempt < 5 && !startCounts; attempt++)
        {
            RunContext run = lab.NewRun("empty", tasks: 1);

            ColdOutcome outcome = await lab.ExecuteAsync(model, run);

            TaskAttempt first = Assert.Single(run.Recorder.Attempts());
            TimeSpan wait = Stopwatch.GetElapsedTime(first.QueuedTicks, first.StartedTicks);
            TimeSpan execution = Stopwatch.GetElapsedTime(first.StartedTicks, first.FinishedTicks);
            Assert.True(wait >= run.Facts.ProcessStart, $"waited {wait}, the process started within {run.Facts.ProcessStart}");
            Assert.All(outcome.Usage, usage => Assert.True(usage.PeakRssBytes is null or > 1_000_000));
            startCounts = wait > execution && outcome.Usage.All(usage => usage.CpuTime > execution);
        }

        Assert.True(startCounts);
    }

    [Fact(Timeout = GuardMs)]
    public async Task In_a_cold_run_the_first_task_is_compiled()
    {
        await using var lab = new ColdStartLab();
        RunContext run = lab.NewRun("compiles", tasks: 3);

        await lab.ExecuteAsync(lab.Model("sequential"), run);

        Assert.True(run.Recorder.Checksums()[0] > 0);
        Assert.Equal(0UL, run.Recorder.Checksums()[2]);
    }

    [Fact(Timeout = GuardMs)]
    public async Task A_run_that_is_not_cold_stays_in_this_process()
    {
        await using var lab = new ColdStartLab();
        RunContext run = lab.NewRun("primes", size: 100, coldStart: false);

        ColdOutcome outcome = await lab.ExecuteAsync(lab.Model("threads"), run);

        Assert.Equal([Environment.ProcessId], outcome.ProcessIds);
        Assert.Null(run.Facts.ProcessStart);
        Assert.Empty(outcome.Usage);
    }

    [Theory(Timeout = GuardMs)]
    [InlineData("kill", "")]
    [InlineData("exit", "exited with code 7")]
    [InlineData("fail-fast", "the reactor is on fire")]
    public async Task A_process_that_dies_fails_each_task_of_its_run_with_the_reason_and_the_next_run_has_another(string kind, string words)
    {
        await using var lab = new ColdStartLab();
        ConcurrencyModel model = lab.Model("threads");
        RunContext run = lab.NewRun(kind, size: 3, tasks: 5);

        await lab.ExecuteAsync(model, run);

        Assert.Equal((5, 1), (run.Recorder.Remaining, run.Facts.ProcessesLost));
        IReadOnlyList<TaskAttempt> attempts = run.Recorder.Attempts();
        Assert.Equal([0, 1, 2, 3, 4], attempts.Select(attempt => attempt.TaskIndex));
        Assert.All(attempts, attempt =>
        {
            Assert.Equal(TaskOutcome.Lost, attempt.Outcome);
            Assert.StartsWith("worker process ", attempt.Error, StringComparison.Ordinal);
            Assert.Contains(words, attempt.Error, StringComparison.Ordinal);
        });

        // The marks in the folder tell the next one that its attempt is the second.
        RunContext next = lab.NewRun(kind, size: 3, tasks: 5);
        await lab.ExecuteAsync(model, next);
        Assert.Equal((0, 0), (next.Recorder.Remaining, next.Facts.ProcessesLost));
    }

    [Fact(Timeout = GuardMs)]
    public async Task A_task_that_throws_fails_alone()
    {
        await using var lab = new ColdStartLab();
        RunContext run = lab.NewRun("throw", size: 2, tasks: 4);

        await lab.ExecuteAsync(lab.Model("async"), run);

        TaskAttempt failed = Assert.Single(run.Recorder.Attempts(), attempt => attempt.Outcome != TaskOutcome.Succeeded);
        Assert.Equal((2, TaskOutcome.Failed, "InvalidOperationException: no such thing"), (failed.TaskIndex, failed.Outcome, failed.Error));
    }

    [Theory(Timeout = GuardMs)]
    [InlineData("sequential")]
    [InlineData("processes")]
    public async Task A_cancelled_cold_run_ends_its_process(string id)
    {
        await using var lab = new ColdStartLab();
        using var cancellation = new CancellationTokenSource();
        RunContext run = lab.NewRun("hang", size: 0, tasks: 2, cancellationToken: cancellation.Token);
        ConcurrencyModel model = lab.Model(id);

        Task<ColdOutcome> executing = lab.ExecuteAsync(model, run);
        await Eventually.True(() => run.Facts.ProcessStart is not null, "a process");
        HostIdentity? process = (model as IsolatedModel)?.Process;
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => executing);
        Assert.False(process is not null && SystemProcesses.IsRunning(process.ProcessId), "it is left behind");
    }

    private static ulong[] Checksums(RunContext run) =>
        [.. Enumerable.Range(0, run.Tasks).Select(index => run.Workload.Execute(run.Order.Input(index), new Execution()))];
}
