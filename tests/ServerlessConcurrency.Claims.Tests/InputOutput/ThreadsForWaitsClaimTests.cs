using ServerlessConcurrency.Claims.InputOutput;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Claims.Runs;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Loopback;

namespace ServerlessConcurrency.Claims.Tests.InputOutput;

public sealed class ThreadsForWaitsClaimTests : ClaimTest
{
    [Trait("Category", "Measured")]
    [ClaimFact]
    public async Task It_holds_for_both()
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(Context.Launch, cancellationToken: Patience);
        Context.Workloads.HttpServer = server.Address;

        await AssertDotNetAsync(ClaimVerdict.Holds, new ThreadsForWaitsClaim());
        await AssertPythonAsync(ClaimVerdict.Holds, new ThreadsForWaitsClaim());
    }

    [ClaimFact]
    public async Task Waits_overlap_on_threads()
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(Context.Launch, cancellationToken: Patience);
        Context.Workloads.HttpServer = server.Address;
        // Longer than it takes a busy machine to start the threads.
        var claim = new ThreadsForWaitsClaim(threads: 8, PythonScript.Load("waits"), waitMs: 50);

        await AssertOnceAsync(Helps, () => InDotNetAsync(claim));
        await AssertOnceAsync(Helps, () => InPythonAsync(claim));

        static bool Helps(ClaimEvidence evidence) => evidence.Criteria.All(criterion => criterion.Estimate > ThreadsForWaitsClaim.Help);
    }

    [ClaimFact]
    public async Task Threads_that_hold_a_lock_while_they_wait_do_not_help()
    {
        PythonScript locked = PythonScript.Load("waits")
            .With("options = json.loads", "import threading\nLOCK = threading.Lock()\noptions = json.loads")
            .With("return WORKLOADS[kind](size, index, options[\"seed\"])", "with LOCK:\n                        return WORKLOADS[kind](size, index, options[\"seed\"])");
        var claim = new ThreadsForWaitsClaim(threads: 8, locked);
        await using var models = new ModelCatalog(BuiltInModels.Create());
        var workloads = new WorkloadCatalog([new LockedDelay(), new FileWorkload(Context.Workloads)]);
        Context = Context with { Models = new ModelRuns(workloads, models, Context.Environment, TimeProvider.System) };

        foreach (ClaimEvidence evidence in new[] { await InDotNetAsync(claim), await InPythonAsync(claim) })
            Assert.NotEqual(ClaimVerdict.Holds, evidence.Verdict);
    }

    [Theory]
    [InlineData(1.05, ClaimVerdict.DoesNotHold)]
    [InlineData(1.1, ClaimVerdict.Inconclusive)]
    [InlineData(1.15, ClaimVerdict.Holds)]
    public void Threads_help_where_more_than_every_tenth_wait_overlaps(double speedup, ClaimVerdict expected) =>
        Assert.Equal(expected, Judge(("delay", speedup), ("http", 5), ("file", 1)).Verdict);

    [Fact]
    public void Every_kind_of_wait_has_to_be_faster_and_files_need_not_be()
    {
        Assert.Equal(ClaimVerdict.DoesNotHold, Judge(("delay", 5), ("http", 1), ("file", 5)).Verdict);
        Assert.Equal(ClaimVerdict.Holds, Judge(("delay", 5), ("http", 5), ("file", 0.5)).Verdict);
    }

    private ClaimEvidence Judge(params (string Kind, double Speedup)[] measured)
    {
        Context.Workloads.HttpServer = new Uri("http://localhost/");
        return ThreadsForWaitsClaim.Judge(Context, kind => PairedSpeedup.Of(
            [1, 1, 1, 1, 1, 1],
            [.. new[] { 0.98, 0.99, 0.995, 1.005, 1.01, 1.02 }.Select(noise => noise * measured.Single(way => way.Kind == kind).Speedup)],
            seed: 1));
    }

    /// <summary>Waits of which only one is under way at a time.</summary>
    private sealed class LockedDelay : Workload
    {
        private readonly Lock _gate = new();

        public override string Kind => "delay";

        public override WorkloadNature Nature => WorkloadNature.IoBound;

        public override string SizeUnit => "ms";

        public override long MaxSize => 1_000;

        public override ulong Execute(TaskInput task, Execution execution)
        {
            lock (_gate)
                Thread.Sleep((int)task.Size);
            return Checksum.Fold(Checksum.Start(task), (ulong)task.Size);
        }

        public override ValueTask<ulong> ExecuteAsync(TaskInput task, Execution execution) => new(Execute(task, execution));
    }
}
