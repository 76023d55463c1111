using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Core.Claims;

namespace ServerlessConcurrency.Claims.Waiting;

/// <summary>
/// C6: 10,000 tasks that only wait, all at once, on an event loop, and fewer on threads and on a loop, each in processes of their own.
/// Holds where a loop makes fewer context switches than threads for as many tasks, uses one thread for 10,000, and their waits overlap.
/// </summary>
/// <param name="plan">What waits; null: what the context asks for.</param>
internal sealed class WaitingClaim(WaitingPlan? plan = null, PythonScript? script = null) : Claim
{
    public override string Id => "C6";

    public override string Statement =>
        "An event loop runs many I/O-bound tasks on one thread with fewer context switches than threads";

    internal override IReadOnlyList<ChildScene> Scenes => [new WaitingScene()];

    public override async Task<ClaimEvidence> MeasureDotNetAsync(ClaimContext context, CancellationToken cancellationToken)
    {
        WaitingPlan chosen = PlanOf(context);
        IReadOnlyList<WaitingRound> rounds = await new WaitingExperiment(context, chosen).MeasureAsync(cancellationToken);
        return new WaitingJudge(rounds, chosen, WaitingJudge.Labels.DotNet, context.Seed).Judge();
    }

    public override async Task<ClaimEvidence> MeasurePythonAsync(
        ClaimContext context, PythonInterpreter python, CancellationToken cancellationToken)
    {
        WaitingPlan chosen = PlanOf(context);
        List<WaitingRound> rounds = await python.RunAsync<List<WaitingRound>>(script ?? PythonScript.Load("waiting"), chosen, cancellationToken);
        return new WaitingJudge(rounds, chosen, WaitingJudge.Labels.CPython, context.Seed).Judge();
    }

    private WaitingPlan PlanOf(ClaimContext context) => plan ?? (context.Quick ? WaitingPlan.Quick : WaitingPlan.Full);
}
