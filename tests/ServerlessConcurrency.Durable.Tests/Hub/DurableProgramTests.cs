using System.Diagnostics;
using System.Globalization;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Durable.Hub;
using ServerlessConcurrency.Workers.TestHost;
using ServerlessConcurrency.Workers.TestHost.Queue;
using ServerlessConcurrency.Workers.Tests;
using ServerlessConcurrency.Workers.Tests.Queue;

namespace ServerlessConcurrency.Durable.Tests.Hub;

/// <summary>Programs of their own that run <c>durable</c>.</summary>
public sealed class DurableProgramTests(QueueStorage storage) : IClassFixture<QueueStorage>
{
    public static TheoryData<int> Seeds => Schedules.Seeds(usual: 1);

    [Theory(Timeout = HubLab.Guard)]
    [Trait("Category", "Chaos")]
    [MemberData(nameof(Seeds))]
    public async Task Of_a_program_that_is_killed_in_mid_fan_out_nothing_is_left_but_a_hub_that_is_found_by_its_age(int seed)
    {
        var random = new Random(seed);
        await using var lab = new HubLab(storage.ConnectionString);
        using Process program = Start(lab);
        int[] hosts;
        try
        {
            hosts = await ReadAsync(program);
            await lab.BegunAsync(random.Next(1, 25));
            await Task.Delay(random.Next(100));
        }
        finally
        {
            program.Kill();
            await program.WaitForExitAsync();
        }

        Assert.Equal(2, hosts.Length);
        await Eventually.True(() => !Array.Exists(hosts, SystemProcesses.IsRunning), "the end of all hosts");
        Assert.Single(await TaskHubCleanup.DeleteAbandonedAsync(lab.Account, DateTimeOffset.UtcNow.AddMinutes(1), CancellationToken.None));
        Assert.Empty(await lab.NamesAsync());
    }

    [Fact(Timeout = HubLab.Guard)]
    public async Task Two_programs_on_one_account_execute_only_activities_of_their_own()
    {
        await using var other = new HubLab(storage.ConnectionString);
        await using var lab = new HubLab(storage.ConnectionString, other.Prefix);
        using Process program = Start(other);
        int[] hostsOfProgram = await ReadAsync(program);
        await other.BegunAsync(1);

        RunContext run = await lab.SucceedAsync(lab.NewRun("durable", "counts", 100, tasks: 20, degree: 1));
        int[] executed = await ReadAsync(program);
        await program.WaitForExitAsync();

        Assert.Equal(DurableProgram.Tasks, executed.Length);
        AssertOwn(hostsOfProgram, executed, other);
        AssertOwn([.. lab.Hosts.ProcessIds], [.. run.Recorder.Attempts().Select(attempt => attempt.Host.ProcessId)], lab);

        static void AssertOwn(int[] hosts, int[] recorded, HubLab lab)
        {
            Assert.Equal(hosts.Order(), recorded.Distinct().Order());
            Assert.Equal(hosts.Order(), MischievousWorkload.ExecutingProcesses(lab.MarksFolder).Distinct().Order());
        }
    }

    private static Process Start(HubLab lab) => Process.Start(new ProcessStartInfo(
        TestHostLaunch.FileName, [DurableProgram.Command, lab.Account.Connection, lab.Prefix, lab.MarksFolder])
    {
        RedirectStandardOutput = true,
    })!;

    private static async Task<int[]> ReadAsync(Process program)
    {
        string? line = await program.StandardOutput.ReadLineAsync();
        return [.. line!.Split(' ').Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
    }
}
