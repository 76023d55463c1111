using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Workers.TestHost;
using ServerlessConcurrency.Workers.TestHost.Queue;
using ServerlessConcurrency.Workers.Tests;
using ServerlessConcurrency.Workers.Tests.Queue;

namespace ServerlessConcurrency.Durable.Tests.Hub;

public sealed class UnluckyHostTests(QueueStorage storage) : IClassFixture<QueueStorage>
{
    [Fact(Timeout = HubLab.Guard)]
    public async Task Hosts_that_die_at_their_first_starts_are_started_again()
    {
        using var starts = new TemporaryFolder();
        await using var lab = new HubLab(
            storage.ConnectionString, launch: TestHostLaunch.With(Program.Unlucky, starts.Path, QueueTestWorker.Command));
        RunContext run = await lab.SucceedAsync(lab.NewRun("durable", "counts", 1, tasks: 4, degree: 1));
        Assert.Equal(0, run.Facts.ProcessesLost);
    }
}
