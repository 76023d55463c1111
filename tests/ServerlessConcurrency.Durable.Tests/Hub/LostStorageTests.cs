using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Workers.Tests.Queue;

namespace ServerlessConcurrency.Durable.Tests.Hub;

public sealed class LostStorageTests(QueueStorage storage) : IClassFixture<QueueStorage>
{
    public static TheoryData<int> Seeds => Schedules.Seeds(usual: 1);

    [Theory(Timeout = HubLab.Guard)]
    [MemberData(nameof(Seeds))]
    public async Task After_ten_seconds_without_storage_every_task_is_counted_once(int seed)
    {
        var random = new Random(seed);
        await using var proxy = new StorageProxy(storage.ConnectionString);
        await using var lab = new HubLab(proxy.ConnectionString);
        RunContext run = lab.NewRun(seed % 2 == 0 ? "durable-batch" : "durable", "counts", 100, tasks: 40);

        Task succeeding = lab.SucceedAsync(run);
        await lab.BegunAsync(random.Next(1, 25));
        await Task.Delay(random.Next(100));
        await proxy.BeAwayAsync(TimeSpan.FromSeconds(10));
        await succeeding;

        Assert.Equal(0, run.Facts.ProcessesLost);
    }
}
