using System.Diagnostics;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Workers.Tests.Queue;

namespace ServerlessConcurrency.Durable.Tests.Hub;

public sealed class LostHostTests(QueueStorage storage) : IClassFixture<QueueStorage>
{
    public static TheoryData<int> Seeds => Schedules.Seeds(usual: 1);

    [Theory(Timeout = HubLab.Guard)]
    [MemberData(nameof(Seeds))]
    public async Task After_the_loss_of_a_host_in_mid_fan_out_every_task_is_counted_once(int seed)
    {
        var random = new Random(seed);
        await using var lab = new HubLab(storage.ConnectionString, visibility: HubLab.Hasty);
        RunContext run = lab.NewRun(seed % 2 == 0 ? "durable-batch" : "durable", "counts", 100, tasks: 40);

        Task succeeding = lab.SucceedAsync(run);
        await lab.BegunAsync(random.Next(1, 25));
        await Task.Delay(random.Next(100));
        int victim = lab.Hosts.ProcessIds[random.Next(2)];
        Kill(victim);
        await succeeding;

        Assert.Equal(1, run.Facts.ProcessesLost);
        Assert.Equal(2, lab.Hosts.ProcessIds.Count);
        Assert.DoesNotContain(victim, lab.Hosts.ProcessIds);
    }

    internal static void Kill(int processId)
    {
        using var process = Process.GetProcessById(processId);
        process.Kill();
    }
}
