using System.Diagnostics;
using System.Globalization;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Workers.Queue;
using ServerlessConcurrency.Workers.Tests.Queue;

namespace ServerlessConcurrency.Workers.Tests.Findings;

/// <summary>Rules about the queue, each with a real run that provokes it and one that must not.</summary>
public sealed class QueueRuleTests(QueueStorage storage) : IClassFixture<QueueStorage>, IDisposable
{
    private readonly QueueLab _lab = new(storage);

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task Tasks_that_fail_at_every_delivery_are_told_and_so_are_retries()
    {
        string[] codes = await FindAsync(new WorkloadSpec("always-throws", 1, 2), _lab.CreateModel(), degree: 1);

        Assert.Contains("poison-messages", codes);
        Assert.Contains("retries", codes);
    }

    [Fact]
    public async Task Tasks_that_one_of_two_workers_executes_alone_are_told()
    {
        if (OperatingSystem.IsWindows())
            return;

        Assert.Contains("one-host", await FindAsync(new WorkloadSpec("counts", 100, 4), new OneWorkerStopped(_lab.CreateModel())));
    }

    [Fact]
    public async Task Tasks_that_wait_longer_than_they_take_are_told() =>
        Assert.Contains("queue-wait", await FindAsync(new WorkloadSpec("primes", 100, 4), _lab.CreateModel(), warmupRounds: 1, degree: 1));

    [Fact]
    public async Task A_run_in_which_nothing_goes_wrong_has_none_of_these_findings()
    {
        string[] codes = await FindAsync(new WorkloadSpec("counts", 1_500, 4), _lab.CreateModel(), warmupRounds: 1);

        // Not queue-wait: on a machine that is busy enough, tasks do wait that long.
        Assert.Empty(codes.Intersect(["poison-messages", "retries", "one-host"]));
    }

    private async Task<string[]> FindAsync(WorkloadSpec workload, ConcurrencyModel model, int warmupRounds = 0, int degree = 2)
    {
        await using var models = new ModelCatalog([model]);
        ExperimentDocument document = await FindingRuns.RunAsync(_lab.Workloads, models, workload, warmupRounds, _lab.ExperimentId, degree);
        return [.. document.Findings.Select(finding => finding.Code)];
    }

    /// <summary>One of the workers is there and gets no processor, as on a machine that is frozen.</summary>
    private sealed class OneWorkerStopped(QueueModel inner) : ConcurrencyModel
    {
        public override ModelTraits Traits => inner.Traits;

        public override bool CanRepeat => inner.CanRepeat;

        public override ValueTask PrepareAsync(RunContext run) => inner.PrepareAsync(run);

        public override async Task ExecuteAsync(RunContext run)
        {
            int other = inner.WorkerProcessIds[^1];
            Signal(other, "STOP");
            try
            {
                await inner.ExecuteAsync(run);
            }
            finally
            {
                Signal(other, "CONT");
            }
        }

        public override ValueTask<IReadOnlyList<ResourceUsage>> CompleteAsync(RunContext run) => inner.CompleteAsync(run);

        public override async ValueTask DisposeAsync()
        {
            await inner.DisposeAsync();
            await base.DisposeAsync();
        }

        private static void Signal(int processId, string name)
        {
            using Process kill = Process.Start("kill", [$"-{name}", processId.ToString(CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
        }
    }
}
