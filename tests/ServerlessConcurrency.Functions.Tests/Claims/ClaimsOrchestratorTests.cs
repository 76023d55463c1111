using Microsoft.DurableTask.Client;
using ServerlessConcurrency.Claims;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Durable.Tests.InMemory;
using ServerlessConcurrency.Functions.Claims;
using ServerlessConcurrency.Functions.Hosting;
using ServerlessConcurrency.Functions.Http;
using ServerlessConcurrency.Functions.Tests.InMemory;

namespace ServerlessConcurrency.Functions.Tests.Claims;

public sealed class ClaimsOrchestratorTests
{
    private static readonly string[] All = [.. ClaimRegistry.Ids];

    [Fact]
    public void The_app_measures_every_claim() => Assert.Equal(All, AppModels.Rules.Claims);

    [Fact(Timeout = TestApp.Guard)]
    public async Task The_claims_are_measured_in_their_order_and_reported()
    {
        await using var app = new FunctionsApp();
        var scripted = new ScriptedClaims(app);

        ClaimsDocument ended = await app.RunAsync(SmallExperiment.OfClaims(All));

        Assert.Equal(All, scripted.Measured);
        Assert.Equal((ExperimentStatus.Completed, null), (ended.Status, ended.Error));
        Assert.Equal(All, ended.Claims.Select(claim => claim.Id));
        Assert.All(ended.Claims, claim => Assert.Equal(ClaimVerdict.Holds, claim.DotNet.Verdict));
        Assert.Equal(new ExperimentProgress(All.Length, All.Length, null), ended.Progress);
        Assert.NotNull(ended.FinishedAt);
        Assert.Contains("report.html", app.Memory.Files());
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task The_custom_status_shows_progress()
    {
        await using var app = new FunctionsApp();
        _ = new ScriptedClaims(app);

        await app.RunAsync(SmallExperiment.OfClaims(All));

        ExperimentProgress[] statuses = [.. app.Log.Statuses.Cast<ExperimentProgress>()];
        Assert.Equal(Enumerable.Range(0, All.Length + 1), statuses.Select(status => status.RunsDone).Distinct());
        Assert.Equal(
            ClaimRegistry.All.Select(claim => $"{claim.Id}: {claim.Statement}"),
            statuses.Select(status => status.CurrentRun).OfType<string>().Distinct());
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task A_claim_that_was_kept_is_not_measured_again()
    {
        await using var app = new FunctionsApp();
        ClaimsDocument document = SmallExperiment.Document(SmallExperiment.OfClaims("C4"));
        await app.Store.SaveAsync(document);
        ClaimResult kept = ScriptedClaims.Result("C4");
        await app.Claims.KeepAsync(document, kept, default);

        // The real activity, as it is executed again after its host was lost before the orchestration knew of its end.
        await app.MeasureClaim(new ClaimRequest(document, "C4"));

        ClaimResult read = Assert.Single(await app.Claims.ReadAsync(document, default));
        Assert.Equal(kept.DotNet.Criteria, read.DotNet.Criteria);
        Assert.Equal(0, read.DotNet.Seconds);
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task An_activity_that_fails_for_once_is_tried_again()
    {
        int failures = 0;
        await using var app = new FunctionsApp();
        var scripted = new ScriptedClaims(app)
        {
            Before = claim =>
            {
                if (claim == All[^1] && Interlocked.Increment(ref failures) == 1)
                    throw new IOException("the host went away");
            },
        };

        ClaimsDocument ended = await app.RunAsync(SmallExperiment.OfClaims(All));

        Assert.Equal(All, scripted.Measured);
        Assert.All(ended.Claims, claim => Assert.False(claim.DotNet.Failed));
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task A_claim_whose_activity_fails_for_good_says_so_and_the_others_are_measured()
    {
        await using var app = new FunctionsApp();
        _ = new ScriptedClaims(app) { Before = claim => _ = claim == All[0] ? throw new IOException("the disk is full") : claim };

        ClaimsDocument ended = await app.RunAsync(SmallExperiment.OfClaims(All));

        Assert.Equal(ExperimentStatus.Completed, ended.Status);
        Assert.Equal(All, ended.Claims.Select(claim => claim.Id));
        Assert.True(ended.Claims[0].DotNet.Failed);
        Assert.Contains("the disk is full", ended.Claims[0].DotNet.Reason, StringComparison.Ordinal);
        Assert.All(ended.Claims.Skip(1), claim => Assert.Equal(ClaimVerdict.Holds, claim.DotNet.Verdict));
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task Cancelling_keeps_the_claims_that_were_measured()
    {
        using var gate = new ManualResetEventSlim();
        await using var app = new FunctionsApp();
        var scripted = new ScriptedClaims(app) { Before = claim => gate.Wait(claim == All[1] ? 60_000 : 0) };
        ClaimsDocument pending = SmallExperiment.Document(SmallExperiment.OfClaims(All), ExperimentStatus.Pending);
        await app.Store.SaveAsync(pending);
        await app.StartAsync();
        DurableExperimentEngine engine = app.Engine();
        await engine.StartAsync(pending, default);
        await Eventually.True(() => scripted.Measured.Count == 1, "a claim was measured");

        await engine.CancelAsync(pending, default);
        gate.Set();

        var cancelled = (ClaimsDocument)(await app.Store.FindAsync(SmallExperiment.Id))!;
        Assert.Equal((ExperimentStatus.Cancelled, null), (cancelled.Status, cancelled.Error));
        Assert.Equal([All[0]], cancelled.Claims.Select(claim => claim.Id));
        Assert.Contains("report.html", app.Memory.Files());
        await app.EndAsync(SmallExperiment.Id, OrchestrationRuntimeStatus.Terminated);
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task An_experiment_is_seen_to_run_and_to_end()
    {
        using var gate = new ManualResetEventSlim();
        await using var app = new FunctionsApp();
        _ = new ScriptedClaims(app) { Before = claim => gate.Wait(claim == All[1] ? 60_000 : 0) };
        ClaimsDocument pending = SmallExperiment.Document(SmallExperiment.OfClaims(All), ExperimentStatus.Pending);
        await app.Store.SaveAsync(pending);
        await app.StartAsync();
        DurableExperimentEngine engine = app.Engine();
        await engine.StartAsync(pending, default);

        MeasurementDocument running = pending;
        for (int look = 0; look < 600 && running.Progress.RunsDone < 1; look++)
        {
            await Task.Delay(50);
            running = await engine.ObserveAsync(pending, default);
        }

        Assert.Equal((ExperimentStatus.Running, 1, All.Length), (running.Status, running.Progress.RunsDone, running.Progress.RunsTotal));
        gate.Set();
        await app.EndAsync(SmallExperiment.Id, OrchestrationRuntimeStatus.Completed);
        Assert.Equal(ExperimentStatus.Completed, (await engine.ObserveAsync(pending, default)).Status);
    }
}
