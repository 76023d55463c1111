using ServerlessConcurrency.Claims.Children;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Claims.Waiting;

/// <summary>
/// C6: 10,000 tasks that only wait, all at once, on an event loop and on threads, each in processes of their own. Holds where the loop
/// makes fewer context switches for a task, uses one thread for all of them, and their waits overlap.
/// </summary>
/// <param name="plan">What waits; null: what the context asks for.</param>
/// <param name="script">The CPython side.</param>
internal sealed class WaitingClaim(WaitingPlan? plan, PythonScript script) : Claim
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(180);

    /// <summary>Creates the claim.</summary>
    public WaitingClaim()
        : this(plan: null, PythonScript.Load("waiting"))
    {
    }

    /// <inheritdoc/>
    public override string Id => "C6";

    /// <inheritdoc/>
    public override string Statement =>
        "An event loop runs many I/O-bound tasks on one thread with fewer context switches than threads";

    /// <inheritdoc/>
    public override async Task<ClaimEvidence> MeasureDotNetAsync(ClaimContext context, CancellationToken cancellationToken)
    {
        WaitingPlan chosen = PlanOf(context);
        List<WaitingRound> rounds = [];
        for (int first = 0; first < chosen.Rounds; first += chosen.RoundsPerProcess)
        {
            IEnumerable<int> numbers = Enumerable.Range(first, Math.Min(chosen.RoundsPerProcess, chosen.Rounds - first));
            rounds.AddRange(await PlayAsync(context, chosen, [.. numbers], cancellationToken));
        }

        return new WaitingJudge(rounds, chosen, WaitingLabels.DotNet, context.Seed).Judge();
    }

    /// <inheritdoc/>
    public override async Task<ClaimEvidence> MeasurePythonAsync(
        ClaimContext context, PythonInterpreter python, CancellationToken cancellationToken)
    {
        WaitingPlan chosen = PlanOf(context);
        WaitingRounds measured = await python.RunAsync<WaitingRounds>(script, chosen, Limit, cancellationToken);
        return new WaitingJudge(measured.Rounds, chosen, WaitingLabels.CPython, context.Seed).Judge();
    }

    private WaitingPlan PlanOf(ClaimContext context) => plan ?? (context.Quick ? WaitingPlan.Quick : WaitingPlan.Full);

    private static async Task<IReadOnlyList<WaitingRound>> PlayAsync(
        ClaimContext context, WaitingPlan plan, IReadOnlyList<int> numbers, CancellationToken cancellationToken)
    {
        WaitingScene.Order[] orders =
        [
            new(EventLoopModel.ModelId, plan.LoopTasks, plan.WaitMs, plan.LoopWaits),
            new(AsyncModel.ModelId, plan.LoopTasks, plan.WaitMs, LoopWaits.Awaiting),
            new(ThreadsModel.ModelId, plan.Threads, plan.WaitMs, LoopWaits.Awaiting),
        ];
        var starting = orders.Select(order => ClaimChild.StartAsync(context, WaitingScene.SceneName, order, cancellationToken)).ToList();
        List<WaitingRound> rounds = [];
        try
        {
            WorkerProcess[] processes = await Task.WhenAll(starting);
            foreach (int number in numbers)
            {
                foreach (WorkerProcess process in processes)
                    rounds.Add(await PlayAsync(process, number, cancellationToken));
            }
        }
        finally
        {
            foreach (Task<WorkerProcess> started in starting)
            {
                if (started.IsCompletedSuccessfully)
                    (await started).Dispose();
            }
        }

        return rounds;
    }

    private static async Task<WaitingRound> PlayAsync(WorkerProcess process, int number, CancellationToken cancellationToken)
    {
        ClaimChild.Send(process.Writer, number);
        await using (cancellationToken.UnsafeRegister(static state => ((WorkerProcess)state!).Kill(), process))
        {
            return await Task.Run(() => ClaimChild.Receive<WaitingRound>(process), CancellationToken.None)
                .WaitAsync(cancellationToken);
        }
    }
}
