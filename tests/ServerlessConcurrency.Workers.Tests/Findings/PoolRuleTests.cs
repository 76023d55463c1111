using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Pool;
using ServerlessConcurrency.Workers.TestHost.Workloads;

namespace ServerlessConcurrency.Workers.Tests.Findings;

/// <summary>Rules about child processes, each with a real run that provokes it and one that must not.</summary>
public sealed class PoolRuleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Starting_processes_for_little_work_is_told_and_for_much_work_it_is_not()
    {
        Assert.Contains("process-start-dominates", await FindAsync(new WorkloadSpec("primes", 500, 8)));
        // Two processes wait for 6 s in all.
        Assert.DoesNotContain("process-start-dominates", await FindAsync(new WorkloadSpec("delay", 500, 24)));
    }

    [Theory]
    // The task of the index that is the size kills its process once.
    [InlineData(3, true)]
    [InlineData(1_000, false)]
    public async Task A_process_that_dies_in_the_middle_of_a_run_is_told_and_so_is_the_retry(long size, bool dies)
    {
        string[] codes = await FindAsync(new WorkloadSpec("kill", size, 20));

        Assert.Equal(dies, codes.Contains("host-lost"));
        Assert.Equal(dies, codes.Contains("retries"));
    }

    [Fact]
    public async Task Tasks_that_are_spread_over_the_processes_are_nothing_to_remark() =>
        Assert.DoesNotContain("one-host", await FindAsync(new WorkloadSpec("delay", 20, 16)));

    private async Task<string[]> FindAsync(WorkloadSpec workload)
    {
        var environment = new WorkloadEnvironment { FileFolder = _folder.Path };
        await using var models = new ModelCatalog([new ProcessesModel(TestHostLaunch.Worker, environment)]);
        ExperimentDocument document = await FindingRuns.RunAsync(TestWorkloads.Create(environment), models, workload, warmupRounds: 0);
        return [.. document.Findings.Select(finding => finding.Code)];
    }
}
