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

    private const string Jit = "DOTNET_JitDisasmSummary=1";

    private static readonly string Hook = $"DOTNET_STARTUP_HOOKS={typeof(Program).Assembly.Location}";

    public static TheoryData<string> Settings => [Jit, Hook];

    [Theory(Timeout = GuardMs)]
    [MemberData(nameof(Settings))]
    public async Task A_pool_works(string setting)
    {
        if (OperatingSystem.IsWindows())
            return;
        await using var fixture = new PoolFixture(With(setting));
        Assert.Equal(10, (await fixture.RunAsync("print", tasks: 10)).Count);
    }

    [Theory(Timeout = GuardMs)]
    [MemberData(nameof(Settings))]
    public async Task Queue_workers_work(string setting)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var lab = new QueueLab(storage);
        await using QueueModel model = lab.CreateModel(With(setting, QueueTestWorker.Command));
        RunContext run = lab.NewRun("counts", 1, tasks: 4);
        await QueueLab.ExecuteAsync(model, run);
        Assert.Equal((0, 0), (run.Recorder.Remaining, run.Facts.ProcessesLost));
    }

    [Theory(Timeout = GuardMs)]
    [MemberData(nameof(Settings))]
    public async Task An_isolated_process_works(string setting)
    {
        if (OperatingSystem.IsWindows())
            return;
        await using var process = new IsolatedProcess(With(setting), new WorkloadEnvironment());
        await process.StartAsync(CancellationToken.None);
        Assert.True(await process.AskAsync(
            IsolatedFrame.WarmUp, PoolFixture.Order("pause"), TimeSpan.FromMinutes(5), from => from.Read(out _), CancellationToken.None));
    }

    [Theory(Timeout = GuardMs)]
    [MemberData(nameof(Settings))]
    public async Task The_loopback_server_works(string setting)
    {
        if (OperatingSystem.IsWindows())
            return;
        await using LoopbackServer server = await LoopbackServer.StartAsync(With(setting));
        using var client = new HttpClient();
        Assert.NotEmpty(await client.GetStringAsync(new Uri(server.Address, "work?ms=1&index=0&seed=1")));
    }

    private static WorkerLaunch With(string setting, string command = WorkerLaunch.Command) => new("env", [setting, TestHostLaunch.FileName, command]);
}
