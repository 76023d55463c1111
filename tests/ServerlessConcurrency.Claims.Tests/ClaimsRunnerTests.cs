using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Claims.Tests;

public sealed class ClaimsRunnerTests : ClaimTest
{
    private static readonly PythonSearchResult NoPython = new(null, "no CPython was found: there is none");

    [Fact]
    public async Task A_measurement_that_fails_leaves_the_other_claims_theirs()
    {
        (ClaimsDocument Document, Exception? Failure) outcome = await RunAsync(
            new PlainClaim("C1", () => throw new InvalidOperationException("the disk is full")), new PlainClaim("C2", Holding));

        Assert.Null(outcome.Failure);
        Assert.Equal(ExperimentStatus.Completed, outcome.Document.Status);
        ClaimResult failed = outcome.Document.Claims[0];
        Assert.True(failed.DotNet.Failed);
        Assert.Equal("the measurement failed: the disk is full", failed.DotNet.Reason);
        Assert.Equal(ClaimVerdict.Holds, outcome.Document.Claims[1].DotNet.Verdict);
        Assert.Equal(2, outcome.Document.Progress.RunsDone);
    }

    [Fact]
    public async Task Without_an_interpreter_CPython_is_not_measurable_and_that_is_no_failure()
    {
        (ClaimsDocument Document, Exception? Failure) outcome = await RunAsync(new PlainClaim("C1", Holding));

        ClaimEvidence evidence = Assert.Single(outcome.Document.Claims).CPython;
        Assert.Equal((ClaimVerdict.NotMeasurable, NoPython.WhyNone, false), (evidence.Verdict, evidence.Reason, evidence.Failed));
    }

    [Fact]
    public async Task What_was_measured_before_Ctrl_C_is_kept()
    {
        using var interruption = new CancellationTokenSource();
        (ClaimsDocument Document, Exception? Failure) outcome = await RunAsync(
            [
                new PlainClaim("C1", Holding),
                new PlainClaim("C2", () =>
                {
                    interruption.Cancel();
                    throw new OperationCanceledException(interruption.Token);
                }),
                new PlainClaim("C3", Holding),
            ],
            interruption.Token);

        Assert.Null(outcome.Failure);
        Assert.Equal(ExperimentStatus.Cancelled, outcome.Document.Status);
        Assert.Equal("C1", Assert.Single(outcome.Document.Claims).Id);
    }

    [Fact]
    public async Task A_side_that_was_measured_before_Ctrl_C_is_kept()
    {
        using var interruption = new CancellationTokenSource();
        var claim = new PlainClaim("C1", Holding)
        {
            Emulated = () =>
            {
                interruption.Cancel();
                throw new OperationCanceledException(interruption.Token);
            },
        };

        (ClaimsDocument Document, Exception? Failure) outcome = await RunAsync([claim, new PlainClaim("C2", Holding)], interruption.Token);

        Assert.Equal(ExperimentStatus.Cancelled, outcome.Document.Status);
        ClaimResult kept = Assert.Single(outcome.Document.Claims);
        Assert.Equal(ClaimVerdict.Holds, kept.DotNet.Verdict);
        Assert.Equal("not measured: it was cancelled before", kept.Emulated!.Reason);
    }

    [Fact]
    public async Task A_measurement_without_an_end_is_ended()
    {
        ClaimEvidence evidence = (await ClaimsRunner.MeasureSideAsync(
            async token =>
            {
                await Task.Delay(Timeout.Infinite, token);
                return Holding();
            },
            TimeSpan.FromSeconds(1),
            Patience))!;

        Assert.True(evidence.Failed);
        Assert.Equal("the measurement took longer than 1 s and was ended", evidence.Reason);
    }

    [Fact]
    public void There_are_twelve_claims_in_order() =>
        Assert.Equal(Enumerable.Range(1, 12).Select(number => $"C{number}"), ClaimRegistry.Ids);

    private static ClaimEvidence Holding() => ClaimEvidence.Decide([ClaimCriterion.Always("it holds", 6, 6)], []);

    private Task<(ClaimsDocument Document, Exception? Failure)> RunAsync(params Claim[] claims) => RunAsync(claims, CancellationToken.None);

    private Task<(ClaimsDocument Document, Exception? Failure)> RunAsync(Claim[] claims, CancellationToken cancellationToken) =>
        new ClaimsRunner(claims, NoPython, [], TimeProvider.System).RunAsync(
            ExperimentId.Create(TimeProvider.System.GetUtcNow()),
            new ClaimsSpec { Only = [.. claims.Select(claim => claim.Id)] },
            Context,
            progress: null,
            cancellationToken);

    private sealed class PlainClaim(string id, Func<ClaimEvidence> measure) : Claim
    {
        public override string Id => id;

        public override string Statement => "It holds";

        public Func<ClaimEvidence?> Emulated { get; init; } = () => null;

        public override Task<ClaimEvidence?> MeasureEmulatedAsync(ClaimContext context, CancellationToken cancellationToken) =>
            Task.FromResult(Emulated());

        public override Task<ClaimEvidence> MeasureDotNetAsync(ClaimContext context, CancellationToken cancellationToken) =>
            Task.FromResult(measure());

        public override Task<ClaimEvidence> MeasurePythonAsync(
            ClaimContext context, PythonInterpreter python, CancellationToken cancellationToken) => Task.FromResult(measure());
    }
}
