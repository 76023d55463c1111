using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Workers.Loopback;
using ServerlessConcurrency.Workers.Tests.Queue;

namespace ServerlessConcurrency.Workers.Tests.Models;

[Collection(QueueCollection.Name)]
public sealed class EveryWorkloadTests(QueueStorage storage)
{
    private const int GuardMs = 180_000;
    private const string Processes = "processes";
    private const string Queue = "queue";

    private static readonly (string Kind, long Size)[] Workloads =
        [("primes", 2_000), ("sha256", 50), ("matmul", 16), ("delay", 2), ("http", 2), ("file", 8), ("blob", 8), ("mixed", 1)];

    public static TheoryData<string> Models => [.. BuiltInModels.Create().Select(model => model.Id), Processes, Queue];

    [Theory(Timeout = GuardMs)]
    [MemberData(nameof(Models))]
    public async Task Every_workload_computes_under_every_model_what_it_computes_alone(string id)
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(TestHostLaunch.Worker);
        using var lab = new QueueLab(storage, server.Address);
        await using ConcurrencyModel model = id switch
        {
            Processes => lab.CreatePool(),
            Queue => lab.CreateModel(),
            _ => BuiltInModels.Create().Single(model => model.Id == id),
        };
        foreach ((string kind, long size) in Workloads)
        {
            RunContext run = lab.NewRun(kind, size, tasks: 6);

            await QueueLab.ExecuteAsync(model, run);

            Assert.Equal(0, run.Recorder.Remaining);
            Assert.Equal(QueueLab.SequentialChecksums(run), run.Recorder.Checksums());
        }
    }
}
