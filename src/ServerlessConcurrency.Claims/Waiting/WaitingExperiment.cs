using ServerlessConcurrency.Claims.Children;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Claims.Waiting;

/// <summary>Lets tasks wait under every model in turn, each in a process of its own.</summary>
internal sealed class WaitingExperiment(ClaimContext context, WaitingPlan plan)
{
    // Fewer once the system did not allow as many.
    private int _threads = plan.Threads;

    /// <summary>Measures all rounds.</summary>
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
    private IEnumerable<(string Model, Func<int> Tasks, LoopWaits Waits)> Variants()
    {
        yield return (ThreadsModel.ModelId, () => _threads, LoopWaits.Awaiting);
        if (plan.Threads != plan.LoopTasks)
            yield return (EventLoopModel.ModelId, () => _threads, plan.LoopWaits);
        yield return (EventLoopModel.ModelId, () => plan.LoopTasks, plan.LoopWaits);
        yield return (AsyncModel.ModelId, () => plan.LoopTasks, LoopWaits.Awaiting);
    }

    private async Task<IReadOnlyList<WaitingRound>> PlayAsync(IReadOnlyList<int> numbers, CancellationToken cancellationToken)
    {
        var starting = Variants().Select(variant => (variant.Tasks, Process: ClaimChild.StartAsync(
            context, WaitingScene.SceneName, new WaitingScene.Order(variant.Model, plan.WaitMs, variant.Waits), cancellationToken))).ToList();
        List<WaitingRound> rounds = [];
        try
        {
            await Task.WhenAll(starting.Select(variant => variant.Process));
            foreach (int number in numbers)
            {
                // Every other round goes backwards: what changes steadily meanwhile changes nothing between the variants.
                foreach ((Func<int> tasks, Task<WorkerProcess> process) in int.IsEvenInteger(number) ? starting : starting.AsEnumerable().Reverse())
                    rounds.Add(await PlayAsync(await process, new WaitingScene.Turn(number, tasks()), cancellationToken));
            }
        }
        finally
        {
            foreach ((_, Task<WorkerProcess> started) in starting)
            {
                if (started.IsCompletedSuccessfully)
                    (await started).Dispose();
            }
        }

        return rounds;
    }

    private async Task<WaitingRound> PlayAsync(WorkerProcess process, WaitingScene.Turn turn, CancellationToken cancellationToken)
    {
        ClaimChild.Send(process.Writer, turn);
        await using (cancellationToken.UnsafeRegister(static state => ((WorkerProcess)state!).Kill(), process))
        {
            WaitingRound round = await Task.Run(() => ClaimChild.Receive<WaitingRound>(process), CancellationToken.None)
                .WaitAsync(cancellationToken);
            if (round.Variant == ThreadsModel.ModelId)
                _threads = round.Tasks;
            return round;
        }
    }
}
