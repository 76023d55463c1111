using System.Diagnostics;
using System.Globalization;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Isolation;
using ServerlessConcurrency.Workers.Loopback;
using ServerlessConcurrency.Workers.Processes;
using ServerlessConcurrency.Workers.Queue;
using ServerlessConcurrency.Workers.TestHost.Queue;
using ServerlessConcurrency.Workers.Tests.Pool;
using ServerlessConcurrency.Workers.Tests.Queue;

namespace ServerlessConcurrency.Workers.Tests.Processes;

/// <summary>Child processes of every kind that are there and do nothing more, as after SIGSTOP.</summary>
public sealed class StoppedProcessTests(QueueStorage storage) : IClassFixture<QueueStorage>
{
    private const int GuardMs = 120_000;

    // Long enough for one that listens, on a slow and busy machine.
    private static readonly WorkerLaunch Impatient = TestHostLaunch.Worker with { Patience = TimeSpan.FromSeconds(10) };

    [Fact(Timeout = GuardMs)]
    public async Task A_worker_that_is_stopped_when_a_run_ends_is_killed_and_told_of_as_lost()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using var fixture = new PoolFixture();
        RunContext run = await fixture.BeginAsync("pause");
        await fixture.RunAsync(run);
        HostIdentity victim = fixture.Pool.Workers[0];
        Stop(victim.ProcessId);

        Assert.Equal(2, (await fixture.Pool.EndAsync(run.Facts)).Count);

        Assert.Equal(1, run.Facts.ProcessesLost);
        Assert.DoesNotContain(victim, fixture.Pool.Workers);
    }

    [Fact(Timeout = GuardMs)]
    public async Task A_worker_that_is_stopped_between_runs_is_replaced()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using var fixture = new PoolFixture(Impatient);
        await fixture.RunAsync("pause");
        HostIdentity victim = fixture.Pool.Workers[0];
        Stop(victim.ProcessId);

        IReadOnlyList<TaskAttempt> attempts = await fixture.RunAsync("pause");

        Assert.Equal(100, attempts.Count(attempt => attempt.Outcome == TaskOutcome.Succeeded));
        Assert.DoesNotContain(victim, fixture.Pool.Workers);
        Assert.Equal(2, fixture.Pool.Workers.Count);
    }

    [Fact(Timeout = GuardMs)]
    public async Task A_queue_worker_that_is_stopped_is_replaced()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var lab = new QueueLab(storage);
        await using QueueModel model = lab.CreateModel(TestHostLaunch.With(QueueTestWorker.Command) with { Patience = Impatient.Patience });
        await QueueLab.ExecuteAsync(model, lab.NewRun("counts", 1, tasks: 2, degree: 1));
        foreach (bool beforeWarmUp in (bool[])[true, false])
        {
            RunContext run = lab.NewRun("counts", 1, tasks: 2, degree: 1);
            if (!beforeWarmUp)
                await model.PrepareAsync(run);
            int victim = Assert.Single(model.WorkerProcessIds);
            Stop(victim);

            if (beforeWarmUp)
                await model.PrepareAsync(run);
            await model.ExecuteAsync(run);
            await model.CompleteAsync(run);

            Assert.Equal(0, run.Recorder.Remaining);
            Assert.NotEqual(victim, Assert.Single(model.WorkerProcessIds));
            Assert.Equal(1, run.Facts.ProcessesLost);
        }
    }

    [Fact(Timeout = GuardMs)]
    public async Task An_isolated_process_that_is_stopped_is_killed_and_says_so()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using var process = new IsolatedProcess(Impatient, new WorkloadEnvironment());
        await process.StartAsync(CancellationToken.None);
        Stop(process.Host!.ProcessId);

        bool answered = await process.AskAsync(
            IsolatedFrame.WarmUp, PoolFixture.Order("pause"), TimeSpan.FromMinutes(5), from => from.Read(out _), CancellationToken.None);

        Assert.False(answered);
        Assert.Contains("was killed because it did not answer within 10 s", await process.BuryAsync(), StringComparison.Ordinal);
    }

    [Fact(Timeout = GuardMs)]
    public async Task A_server_that_hangs_in_its_start_is_an_error()
    {
        WorkerLaunch hang = TestHostLaunch.With("hang") with { ReadyPatience = TimeSpan.FromSeconds(2) };
        WorkerStartException exception = await Assert.ThrowsAsync<WorkerStartException>(() => LoopbackServer.StartAsync(hang));
        Assert.Contains("was killed because it did not get ready within 2 s", exception.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = GuardMs)]
    public async Task A_deadline_that_is_restarted_kills_nobody()
    {
        using WorkerProcess worker = await WorkerProcess.StartAsync(TestHostLaunch.Worker, "echo", new WorkloadEnvironment());
        int asked = 0;
        Deadline? deadline = null;
        // The answer comes with the question.
        using (deadline = new Deadline(worker, TimeSpan.FromMilliseconds(50), "answer", () =>
        {
            Interlocked.Increment(ref asked);
            Volatile.Read(ref deadline)?.Restart();
        }))
            await Eventually.True(() => Volatile.Read(ref asked) > 30, "questions");
        Assert.True(SystemProcesses.IsRunning(worker.Host.ProcessId));
    }

    private static void Stop(int processId)
    {
        using Process kill = Process.Start("kill", ["-STOP", processId.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
