using System.Diagnostics;
using System.Globalization;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Processes;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Workers.Tests.Processes;

public sealed class WorkerProcessTests
{
    private const int GuardMs = 120_000;
    private const byte Kind = 16;

    [Theory(Timeout = GuardMs)]
    [InlineData("echo")]
    [InlineData("noise")]
    public async Task Frames_come_back_whatever_the_worker_prints(string role)
    {
        using WorkerProcess worker = await StartAsync(role);
        for (byte value = 0; value < 10; value++)
        {
            worker.Writer.Append(Kind, 1)[0] = value;
            worker.Writer.Flush();
            Assert.Equal((Kind, value), ReadByteFrame(worker));
        }
    }

    [Fact(Timeout = GuardMs)]
    public async Task What_a_worker_prints_is_found_in_the_description_of_its_end()
    {
        using WorkerProcess worker = await StartAsync("noise");
        worker.Writer.Append(Kind, 1)[0] = 1;
        worker.Writer.Flush();
        ReadByteFrame(worker);
        worker.Kill();
        string description = worker.DescribeExit();
        Assert.Contains("noise by Console.Out", description, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Contains("noise by descriptor", description, StringComparison.Ordinal);
            Assert.Contains("was killed by SIGKILL (exit code 137)", description, StringComparison.Ordinal);
        }
    }

    [Theory(Timeout = GuardMs)]
    [InlineData("echo")]
    [InlineData("spin")]
    public async Task A_disposed_worker_is_gone(string role)
    {
        WorkerProcess worker = await StartAsync(role);
        int processId = worker.Host.ProcessId;
        Assert.True(SystemProcesses.IsRunning(processId));
        worker.Dispose();
        Assert.False(SystemProcesses.IsKnown(processId));
    }

    [Theory(Timeout = GuardMs)]
    [InlineData("echo")]
    [InlineData("spin")]
    public async Task A_worker_whose_parent_is_killed_ends(string role)
    {
        using var parent = Process.Start(new ProcessStartInfo(TestHostLaunch.FileName, ["parent", role])
        {
            RedirectStandardOutput = true,
        })!;
        int workerId;
        try
        {
            string? line = await parent.StandardOutput.ReadLineAsync();
            workerId = int.Parse(line!, CultureInfo.InvariantCulture);
            Assert.True(SystemProcesses.IsRunning(workerId));
        }
        finally
        {
            parent.Kill();
            await parent.WaitForExitAsync();
        }

        await Eventually.True(() => !SystemProcesses.IsRunning(workerId), $"the end of worker {workerId}");
    }

    [Fact(Timeout = GuardMs)]
    public async Task An_interrupt_does_not_end_a_worker()
    {
        if (OperatingSystem.IsWindows())
            return;
        using WorkerProcess worker = await StartAsync("echo");
        using (var kill = Process.Start("kill", ["-INT", worker.Host.ProcessId.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        worker.Writer.Append(Kind, 1)[0] = 5;
        worker.Writer.Flush();
        Assert.Equal((Kind, (byte)5), ReadByteFrame(worker));
    }

    [Fact(Timeout = GuardMs)]
    public async Task A_program_that_ends_at_once_is_reported_with_its_words_and_exit_code()
    {
        WorkerStartException exception = await Assert.ThrowsAsync<WorkerStartException>(
            () => WorkerProcess.StartAsync(TestHostLaunch.With("die-at-once"), "echo", new WorkloadEnvironment()));
        Assert.Contains("no configuration found in /nowhere", exception.Message, StringComparison.Ordinal);
        Assert.Contains("exited with code", exception.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = GuardMs)]
    public async Task A_program_that_is_no_worker_is_reported_and_killed()
    {
        WorkerStartException exception = await Assert.ThrowsAsync<WorkerStartException>(
            () => WorkerProcess.StartAsync(
                TestHostLaunch.With("babble") with { ReadyPatience = TimeSpan.FromSeconds(5) }, "echo", new WorkloadEnvironment()));
        Assert.Contains("was killed because it did not get ready within 5 s; it wrote to standard output: Hello, I am not a worker.", exception.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = GuardMs)]
    public async Task A_role_that_is_not_known_is_reported_with_those_that_are()
    {
        WorkerStartException exception = await Assert.ThrowsAsync<WorkerStartException>(() => StartAsync("juggler"));
        Assert.Contains("unknown role 'juggler'; known: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("echo", exception.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = GuardMs)]
    public async Task A_program_that_does_not_exist_is_reported()
    {
        var launch = new WorkerLaunch(Path.Combine(AppContext.BaseDirectory, "no-such-program"), []);
        WorkerStartException exception = await Assert.ThrowsAsync<WorkerStartException>(
            () => WorkerProcess.StartAsync(launch, "echo", new WorkloadEnvironment()));
        Assert.Contains("no-such-program", exception.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = GuardMs)]
    public async Task A_cancelled_start_leaves_no_process()
    {
        using var cancellation = new CancellationTokenSource();
        Task<WorkerProcess> start = WorkerProcess.StartAsync(
            TestHostLaunch.With("hang"), "echo", new WorkloadEnvironment(), cancellationToken: cancellation.Token);
        await Task.Delay(50);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
    }

    [Fact]
    public void A_process_started_by_dotnet_is_started_again_with_its_assembly()
    {
        WorkerLaunch launch = WorkerLaunch.Self();
        Assert.Equal(Environment.ProcessPath, launch.FileName);
        Assert.Equal(WorkerLaunch.Command, launch.Arguments[^1]);
        bool byDotnet = Path.GetFileNameWithoutExtension(launch.FileName) == "dotnet";
        Assert.Equal(byDotnet ? 2 : 1, launch.Arguments.Count);
    }

    private static Task<WorkerProcess> StartAsync(string role) =>
        WorkerProcess.StartAsync(TestHostLaunch.Worker, role, new WorkloadEnvironment());

    private static (byte Kind, byte Value) ReadByteFrame(WorkerProcess worker)
    {
        Assert.True(worker.Reader.Read(out Frame frame));
        return (frame.Kind, frame.Payload[0]);
    }
}
