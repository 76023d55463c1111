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

/// <summary>Child processes of every kind that die at their first two starts.</summary>
public sealed class UnluckyStartTests(QueueStorage storage) : IClassFixture<QueueStorage>, IDisposable
{
    private const int GuardMs = 120_000;

    private readonly TemporaryFolder _starts = new();

    public void Dispose() => _starts.Dispose();

    [Fact(Timeout = GuardMs)]
    public async Task A_pool_starts_at_the_third_attempt()
    {
        await using var fixture = new PoolFixture(Unlucky());
        Assert.Equal(10, (await fixture.RunAsync("pause", tasks: 10, degree: 1)).Count);
    }

    [Fact(Timeout = GuardMs)]
    public async Task A_queue_worker_starts_at_the_third_attempt()
    {
        using var lab = new QueueLab(storage);
        await using QueueModel model = lab.CreateModel(Unlucky(QueueTestWorker.Command));
        RunContext run = lab.NewRun("counts", 1, tasks: 2, degree: 1);
        await QueueLab.ExecuteAsync(model, run);
        Assert.Equal((0, 0), (run.Recorder.Remaining, run.Facts.ProcessesLost));
    }

    [Fact(Timeout = GuardMs)]
    public async Task An_isolated_process_starts_at_the_third_attempt()
    {
        await using var process = new IsolatedProcess(Unlucky(), new WorkloadEnvironment());
        await process.StartAsync(CancellationToken.None);
        Assert.NotNull(process.Host);
    }

    [Fact(Timeout = GuardMs)]
    public async Task The_loopback_server_starts_at_the_third_attempt()
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(Unlucky());
        Assert.True(server.Address.IsLoopback);
    }

    private WorkerLaunch Unlucky(string command = WorkerLaunch.Command) => TestHostLaunch.With(Program.Unlucky, _starts.Path, command);
}
