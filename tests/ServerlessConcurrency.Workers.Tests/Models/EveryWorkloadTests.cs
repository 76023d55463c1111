using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Workers.Loopback;
using ServerlessConcurrency.Workers.Tests.Queue;

namespace ServerlessConcurrency.Workers.Tests.Models;

/// <summary>Each workload under each model; those of one process with each workload that needs no storage are Core's to test, too.</summary>
public sealed class EveryWorkloadTests(QueueStorage storage) : IClassFixture<QueueStorage>
{
    private const int GuardMs = 180_000;

    private static readonly (string Kind, long Size)[] Workloads =
        [("primes", 2_000), ("sha256", 50), ("matmul", 16), ("delay", 2), ("http", 2), ("file", 8), ("blob", 8), ("mixed", 1)];

    [Fact(Timeout = GuardMs)]
    public Task Every_workload_computes_the_same_in_processes() => AssertSameAsync(lab => [lab.CreatePool()]);

    [Fact(Timeout = GuardMs)]
    public Task Every_workload_computes_the_same_over_the_queue() => AssertSameAsync(lab => [lab.CreateModel()]);

    [Fact(Timeout = GuardMs)]
    public Task Every_workload_computes_the_same_under_every_model_of_one_process() => AssertSameAsync(_ => BuiltInModels.Create());

    private async Task AssertSameAsync(Func<QueueLab, IReadOnlyList<ConcurrencyModel>> create)
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(TestHostLaunch.Worker);
        using var lab = new QueueLab(storage, server.Address);
        foreach (ConcurrencyModel created in create(lab))
        {
            await using ConcurrencyModel model = created;
            foreach ((string kind, long size) in Workloads)
            {
                RunContext run = lab.NewRun(kind, size, tasks: 6);

                await QueueLab.ExecuteAsync(model, run);

                Assert.True(run.Recorder.Remaining == 0, $"{kind} under {model.Id}: {run.Recorder.Remaining} tasks failed");
                Assert.Equal(QueueLab.SequentialChecksums(run), run.Recorder.Checksums());
            }
        }
    }
}
