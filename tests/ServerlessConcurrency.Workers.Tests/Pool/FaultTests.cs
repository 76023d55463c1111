using System.Diagnostics;
using System.Globalization;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Workers.Pool;

namespace ServerlessConcurrency.Workers.Tests.Pool;

public sealed class FaultTests
{
    private const int GuardMs = 120_000;
    private const int Victim = 40;

    [Theory(Timeout = GuardMs)]
    [InlineData("kill", "")]
    [InlineData("exit", "exited with code 7")]
    [InlineData("fail-fast", "the reactor is on fire")]
    [InlineData("stack-overflow", "Stack overflow")]
    public async Task A_task_whose_process_dies_succeeds_at_its_second_attempt(string kind, string words)
    {
        await using var fixture = new PoolFixture();
        RunContext run = await fixture.BeginAsync(kind, size: Victim, seed: 1, degree: kind == "kill" ? 2 : 1);
        IReadOnlyList<TaskAttempt> attempts = await fixture.RunAsync(run);

        AssertCountedOnce(run, attempts);
        TaskAttempt[] ofVictim = [.. attempts.Where(attempt => attempt.TaskIndex == Victim)];
        Assert.Equal([(1, TaskOutcome.Lost), (2, TaskOutcome.Succeeded)], ofVictim.Select(one => (one.Attempt, one.Outcome)));
        Assert.Contains(words, ofVictim[0].Error, StringComparison.Ordinal);
        Assert.NotEqual(ofVictim[0].Host, ofVictim[1].Host);
        Assert.Equal(1, run.Facts.ProcessesLost);
        if (!OperatingSystem.IsWindows() && kind == "kill")
            Assert.Contains("SIGKILL", ofVictim[0].Error, StringComparison.Ordinal);
    }

    [Theory(Timeout = GuardMs)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_task_that_always_kills_its_process_fails_alone_after_three_attempts(int degree)
    {
        await using var fixture = new PoolFixture();
        RunContext run = await fixture.BeginAsync("kill", size: Victim, tasks: 5_000, seed: 1_000, degree: degree);
        IReadOnlyList<TaskAttempt> attempts = await fixture.RunAsync(run);

        Assert.Equal(1, run.Recorder.Remaining);
        TaskAttempt[] ofVictim = [.. attempts.Where(attempt => attempt.TaskIndex == Victim)];
        Assert.Equal([1, 2, 3], ofVictim.Select(attempt => attempt.Attempt));
        Assert.All(ofVictim, attempt => Assert.Equal(TaskOutcome.Lost, attempt.Outcome));
        Assert.Contains("given up after 3 attempts", ofVictim[2].Error, StringComparison.Ordinal);
        Assert.All(
            attempts.Where(attempt => attempt.TaskIndex != Victim && attempt.Outcome == TaskOutcome.Succeeded),
            attempt => Assert.InRange(attempt.Attempt, 1, 2));
        // Retries are sent alone: whoever was lost with the culprit was lost with its first attempt.
        Assert.All(
            attempts.Where(attempt => attempt.TaskIndex != Victim && attempt.Outcome == TaskOutcome.Lost),
            attempt => Assert.Equal(ofVictim[0].Host, attempt.Host));
    }

    [Fact(Timeout = GuardMs)]
    public async Task Processes_killed_from_outside_cost_no_task_and_count_none_twice()
    {
        await using var fixture = new PoolFixture();
        RunContext run = await fixture.BeginAsync("pause", size: 2, tasks: 1_000);
        Task<IReadOnlyList<TaskAttempt>> execution = fixture.RunAsync(run);
        var killed = new HashSet<int>();
        for (int remaining = 900; remaining >= 500; remaining -= 200)
        {
            int until = remaining;
            await Eventually.True(() => run.Recorder.Remaining < until, "progress");
            int victim = 0;
            await Eventually.True(() => FindAlive(fixture.Pool, killed, out victim), "a process that is alive");
            killed.Add(victim);
            using var process = Process.GetProcessById(victim);
            process.Kill();
        }

        IReadOnlyList<TaskAttempt> attempts = await execution;
        AssertCountedOnce(run, attempts);
        TaskAttempt[] lost = [.. attempts.Where(attempt => attempt.Outcome == TaskOutcome.Lost)];
        Assert.NotEmpty(lost);
        Assert.All(lost, attempt => Assert.Contains(
            attempts, other => other.TaskIndex == attempt.TaskIndex && other.Attempt == attempt.Attempt + 1));

        Assert.Equal(killed.Count, run.Facts.ProcessesLost);

        IReadOnlyList<ResourceUsage> usage = await fixture.Pool.EndAsync();
        Assert.True(usage.Count >= 4, $"{usage.Count} entries");
    }

    [Fact(Timeout = GuardMs)]
    public async Task A_task_that_throws_fails_at_once_and_alone_and_what_a_task_prints_does_no_harm()
    {
        await using var fixture = new PoolFixture();
        RunContext run = await fixture.BeginAsync("throw", size: Victim, seed: 1_000);
        IReadOnlyList<TaskAttempt> attempts = await fixture.RunAsync(run);

        Assert.Equal(1, run.Recorder.Remaining);
        TaskAttempt failed = Assert.Single(attempts, attempt => attempt.Outcome != TaskOutcome.Succeeded);
        Assert.Equal((Victim, 1, TaskOutcome.Failed), (failed.TaskIndex, failed.Attempt, failed.Outcome));
        Assert.Equal("InvalidOperationException: no such thing", failed.Error);

        RunContext printing = await fixture.BeginAsync("print", size: Victim);
        IReadOnlyList<TaskAttempt> printed = await fixture.RunAsync(printing);
        AssertCountedOnce(printing, printed);
        Assert.All(printed, attempt => Assert.Equal(1, attempt.Attempt));
    }

    [Fact(Timeout = GuardMs)]
    public async Task A_task_that_outlives_its_timeout_is_tried_again_and_others_are_not_charged()
    {
        await using var fixture = new PoolFixture();
        RunContext run = await fixture.BeginAsync(
            "hang", size: Victim, seed: 1, tasks: 2_000, timeout: TimeSpan.FromSeconds(3));
        IReadOnlyList<TaskAttempt> attempts = await fixture.RunAsync(run);

        AssertCountedOnce(run, attempts);
        Assert.Equal(
            [(Victim, 1, TaskOutcome.TimedOut), (Victim, 2, TaskOutcome.Succeeded)],
            attempts.Where(attempt => attempt.TaskIndex == Victim || attempt.Attempt > 1 || attempt.Error is not null)
                .Select(attempt => (attempt.TaskIndex, attempt.Attempt, attempt.Outcome)));
        TaskAttempt late = attempts.Single(attempt => attempt.Outcome == TaskOutcome.TimedOut);
        Assert.Contains($"was killed because task {Victim} took longer than the 3 s of taskTimeoutSeconds", late.Error, StringComparison.Ordinal);
        // Not as the system does it.
        Assert.DoesNotContain("memory", late.Error, StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(late.StartedTicks, late.FinishedTicks) >= TimeSpan.FromSeconds(3));
    }

    [Fact(Timeout = GuardMs)]
    public async Task A_task_that_always_hangs_fails_after_three_attempts()
    {
        await using var fixture = new PoolFixture();
        RunContext run = await fixture.BeginAsync("hang", size: Victim, seed: 1_000, timeout: TimeSpan.FromSeconds(1));
        IReadOnlyList<TaskAttempt> attempts = await fixture.RunAsync(run);

        Assert.Equal(1, run.Recorder.Remaining);
        Assert.Equal(
            [1, 2, 3], attempts.Where(attempt => attempt.TaskIndex == Victim && attempt.Outcome == TaskOutcome.TimedOut).Select(attempt => attempt.Attempt));
    }

    [Fact(Timeout = GuardMs)]
    public async Task A_pool_whose_program_is_killed_in_mid_run_leaves_no_process()
    {
        using var parent = Process.Start(new ProcessStartInfo(TestHostLaunch.FileName, ["pool-parent"])
        {
            RedirectStandardOutput = true,
        })!;
        int[] workers;
        try
        {
            string? line = await parent.StandardOutput.ReadLineAsync();
            workers = [.. line!.Split(' ').Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
            Assert.Equal(3, workers.Length);
            Assert.All(workers, id => Assert.True(SystemProcesses.IsRunning(id)));
        }
        finally
        {
            parent.Kill();
            await parent.WaitForExitAsync();
        }

        await Eventually.True(() => !Array.Exists(workers, SystemProcesses.IsRunning), "the end of all workers");
    }

    private static bool FindAlive(ProcessPool pool, HashSet<int> killed, out int processId)
    {
        processId = pool.Workers.Select(host => host.ProcessId).FirstOrDefault(id => !killed.Contains(id));
        return processId != 0;
    }

    private static void AssertCountedOnce(RunContext run, IReadOnlyList<TaskAttempt> attempts)
    {
        Assert.Equal(0, run.Recorder.Remaining);
        Assert.Equal(
            Enumerable.Range(0, run.Tasks),
            attempts.Where(attempt => attempt.Outcome == TaskOutcome.Succeeded).Select(attempt => attempt.TaskIndex));
        Assert.DoesNotContain(attempts, attempt => attempt.Outcome is TaskOutcome.Duplicate or TaskOutcome.Failed);
    }
}
