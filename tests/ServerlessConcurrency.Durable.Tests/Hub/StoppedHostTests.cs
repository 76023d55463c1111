using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Workers.Tests.Queue;

namespace ServerlessConcurrency.Durable.Tests.Hub;

public sealed class StoppedHostTests(QueueStorage storage) : IClassFixture<QueueStorage>
{
    // Longer than the work and the leases of a host that does not renew them stay its own.
    private static readonly TimeSpan Stopped = TimeSpan.FromSeconds(18);

    public static TheoryData<int> Seeds => Schedules.Seeds(usual: 1);

    [Theory(Timeout = HubLab.Guard)]
    [Trait("Category", "Chaos")]
    [MemberData(nameof(Seeds))]
    public async Task What_a_stopped_host_held_is_taken_over_and_every_task_is_counted_once(int seed)
    {
        if (OperatingSystem.IsWindows())
            return;
        var random = new Random(seed);
        await using var lab = new HubLab(storage.ConnectionString);
        RunContext run = lab.NewRun(seed % 2 == 0 ? "durable-batch" : "durable", "counts", 100, tasks: 40);

        Task succeeding = lab.SucceedAsync(run);
        await lab.BegunAsync(random.Next(1, 25));
        await Task.Delay(random.Next(100));
        int victim = lab.Hosts.ProcessIds[random.Next(2)];
        await HubLab.SignalAsync("STOP", victim);
        try
        {
            await Task.WhenAny(succeeding, Task.Delay(Stopped));
        }
        finally
        {
            await HubLab.SignalAsync("CONT", victim);
        }

        await succeeding;
    }
}
