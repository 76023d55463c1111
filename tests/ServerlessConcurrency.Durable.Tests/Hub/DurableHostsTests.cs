using System.Diagnostics;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Workers.Tests.Queue;

namespace ServerlessConcurrency.Durable.Tests.Hub;

/// <summary>When hosts come and go, and what they do between runs.</summary>
public sealed class DurableHostsTests(QueueStorage storage) : IClassFixture<QueueStorage>
{
    [Fact(Timeout = HubLab.Guard)]
    public async Task Every_degree_gets_as_many_hosts_but_no_more_than_there_are_tasks_and_keeps_them_and_between_runs_they_leave_the_queues_alone()
    {
        await using var proxy = new StorageProxy(storage.ConnectionString);
        await using var lab = new HubLab(proxy.ConnectionString);
        var hosts = new List<int>();
        foreach ((int degree, int tasks, int expected) in new[] { (1, 5, 1), (3, 2, 2), (2, 5, 0), (1, 5, 0) })
        {
            await lab.SucceedAsync(lab.NewRun("durable", "primes", 500, tasks, degree));
            await lab.SucceedAsync(lab.NewRun("durable-batch", "primes", 500, tasks, degree));

            int[] started = [.. lab.Hosts.ProcessIds.Except(hosts)];
            Assert.Equal(expected, started.Length);
            hosts.AddRange(started);
        }

        Assert.All(hosts, host => Assert.True(SystemProcesses.IsKnown(host)));
        // Looks that were under way when the run ended.
        await Task.Delay(TimeSpan.FromSeconds(2));
        int before = proxy.QueueRequests;
        await Task.Delay(TimeSpan.FromSeconds(6));

        // Together they send 5 and more a second while they look for work.
        Assert.InRange(proxy.QueueRequests - before, 0, 15);
        Assert.True(before > 15, "no request was counted");
    }

    [Fact(Timeout = HubLab.Guard)]
    public async Task A_cold_run_begins_with_the_start_of_its_hosts()
    {
        await using var lab = new HubLab(storage.ConnectionString);
        var hosts = new List<int>();
        foreach (string model in new[] { "durable", "durable-batch" })
        {
            RunContext run = lab.NewRun(model, "compiles", 1, tasks: 4, degree: 1, coldStart: true);
            await lab.ExecuteAsync(run);
            TimeSpan wall = Stopwatch.GetElapsedTime(run.Recorder.BeganTicks);

            Assert.Equal(0, run.Recorder.Remaining);
            Assert.Contains(run.Recorder.Checksums(), compiled => compiled > 0);
            Assert.True(run.Facts.ProcessStart > TimeSpan.Zero && run.Facts.ProcessStart < wall, $"{run.Facts.ProcessStart} of {wall}");
            Assert.Null(run.Facts.Wall);
            Assert.All(run.Recorder.Attempts(), attempt => Assert.InRange(
                Stopwatch.GetElapsedTime(run.Recorder.BeganTicks, attempt.StartedTicks), run.Facts.ProcessStart.Value, wall));
            hosts.AddRange(lab.Hosts.ProcessIds);
        }

        Assert.Distinct(hosts);
        Assert.Equal([false, true], hosts.Select(SystemProcesses.IsKnown));
    }
}
