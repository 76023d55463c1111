using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Claims.Waiting;

/// <summary>Lets tasks wait under every model in turn, each in a process of its own.</summary>
internal sealed class WaitingExperiment(ClaimContext context, WaitingPlan plan)
{
    // Fewer once the system did not allow as many.
    private int _threads = plan.Threads;

    public async Task<IReadOnlyList<WaitingRound>> MeasureAsync(CancellationToken cancellationToken)
    {
        List<WaitingRound> rounds = [];
        for (int first = 0; first < plan.Rounds; first += plan.RoundsPerProcess)
        {
            IEnumerable<int> numbers = Enumerable.Range(first, Math.Min(plan.RoundsPerProcess, plan.Rounds - first));
            rounds.AddRange(await PlayAsync([.. numbers], cancellationToken));
        }

        return rounds;
    }

    // Threads come first in the first round: it shows how many there can be, and a loop is to have as many tasks.
    private IEnumerable<(string Model, Func<int> Tasks, GatheredWait.Way Waits)> Variants()
    {
        yield return (ThreadsModel.ModelId, () => _threads, GatheredWait.Way.Awaiting);
        if (plan.Threads != plan.LoopTasks)
            yield return (EventLoopModel.ModelId, () => _threads, plan.LoopWaits);
        yield return (EventLoopModel.ModelId, () => plan.LoopTasks, plan.LoopWaits);
        yield return (AsyncModel.ModelId, () => plan.LoopTasks, GatheredWait.Way.Awaiting);
    }

    private async Task<IReadOnlyList<WaitingRound>> PlayAsync(IReadOnlyList<int> numbers, CancellationToken cancellationToken)
    {
        var variants = Variants().ToList();
        ClaimChild[] children = await new WaitingScene().StartAllAsync(
            context, variants.Select(variant => new WaitingScene.Order(variant.Model, plan.WaitMs, variant.Waits)), cancellationToken);
        List<WaitingRound> rounds = [];
        try
        {
            var turns = variants.Zip(children, (variant, child) => (variant.Tasks, Child: child)).ToList();
            foreach (int number in numbers)
            {
                // Every other round goes backwards: what changes steadily meanwhile changes nothing between the variants.
                foreach ((Func<int> tasks, ClaimChild child) in int.IsEvenInteger(number) ? turns : turns.AsEnumerable().Reverse())
                {
                    child.Send(new WaitingScene.Turn(number, tasks()));
                    WaitingRound round = await child.ReceiveAsync<WaitingRound>(cancellationToken);
                    if (round.Variant == ThreadsModel.ModelId)
                        _threads = round.Tasks;
                    rounds.Add(round);
                }
            }
        }
        finally
        {
            Array.ForEach(children, child => child.Dispose());
        }

        return rounds;
    }
}
