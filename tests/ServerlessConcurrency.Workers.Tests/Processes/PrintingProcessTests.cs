using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Isolation;
using ServerlessConcurrency.Workers.Loopback;
using ServerlessConcurrency.Workers.Processes;
using ServerlessConcurrency.Workers.Queue;
using ServerlessConcurrency.Workers.TestHost;
using ServerlessConcurrency.Workers.TestHost.Queue;
using ServerlessConcurrency.Workers.Tests.Pool;
using ServerlessConcurrency.Workers.Tests.Queue;

namespace ServerlessConcurrency.Workers.Tests.Processes;

/// <summary>Child processes of every kind in which somebody prints before the program can take standard output for itself, or the runtime prints meanwhile.</summary>
public sealed class PrintingProcessTests(QueueStorage storage) : IClassFixture<QueueStorage>
{
    private const int GuardMs = 120_000;

    private static readonly string[] Settings = ["DOTNET_JitDisasmSummary=1", $"DOTNET_STARTUP_HOOKS={typeof(Program).Assembly.Location}"];

    [Fact(Timeout = GuardMs)]
    public async Task A_pool_works()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using var fixture = new PoolFixture(With());
        Assert.Equal(10, (await fixture.RunAsync("print", tasks: 10, degree: 1)).Count);
    }

    [Fact(Timeout = GuardMs)]
    public async Task Queue_workers_work()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var lab = new QueueLab(storage);
        await using QueueModel model = lab.CreateModel(With(QueueTestWorker.Command));
        RunContext run = lab.NewRun("counts", 1, tasks: 4, degree: 1);
        await QueueLab.ExecuteAsync(model, run);
        Assert.Equal((0, 0), (run.Recorder.Remaining, run.Facts.ProcessesLost));
    }

    [Fact(Timeout = GuardMs)]
    public async Task An_isolated_process_works()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using var process = new IsolatedProcess(With(), new WorkloadEnvironment());
        await process.StartAsync(CancellationToken.None);
        Assert.True(await process.AskAsync(
            IsolatedFrame.WarmUp, PoolFixture.Order("pause"), TimeSpan.FromMinutes(5), from => from.Read(out _), CancellationToken.None));
    }

    [Fact(Timeout = GuardMs)]
    public async Task The_loopback_server_works()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using LoopbackServer server = await LoopbackServer.StartAsync(With());
        using var client = new HttpClient();
        Assert.NotEmpty(await client.GetStringAsync(new Uri(server.Address, "work?ms=1&index=0&seed=1")));
    }

    private static WorkerLaunch With(string command = WorkerLaunch.Command) => new("env", [.. Settings, TestHostLaunch.FileName, command]);
}
