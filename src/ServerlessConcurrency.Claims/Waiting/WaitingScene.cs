using System.Diagnostics;
using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Claims.Runs;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Workers.Hosting;

namespace ServerlessConcurrency.Claims.Waiting;

/// <summary>A process for one variant: gets turns, and sends a <see cref="WaitingRound"/> for each.</summary>
internal sealed class WaitingScene : ChildScene<WaitingScene.Order>
{
    // So few threads may be too few for others too: then there is something else.
    private const int FewestTasks = 10;

    protected override async Task PlayAsync(Order order, WorkerSession session, Messages parent)
    {
        ConcurrencyModel model = BuiltInModels.Create().Single(model => model.Id == order.Model);
        // Compiles what the rounds execute.
        _ = await PlayAsync(model, order with { WaitMs = 1 }, new Turn(Round: -1, FewestTasks));
        bool isFirst = true;
        foreach (Turn turn in parent.ReceiveAll<Turn>())
        {
            WaitingRound round = await PlayAsManyAsync(model, order, turn);
            // Later rounds wait in memory that the first has left behind.
            parent.Send(isFirst ? round : round with { GrownBytes = null });
            isFirst = false;
        }
    }

    private static async Task<WaitingRound> PlayAsManyAsync(ConcurrencyModel model, Order order, Turn turn)
    {
        while (true)
        {
            try
            {
                return await PlayAsync(model, order, turn);
            }
            catch (OutOfMemoryException) when (turn.Tasks / 2 >= FewestTasks)
            {
                // That is how .NET says that the system allows no further thread.
                turn = turn with { Tasks = turn.Tasks / 2 };
            }
        }
    }

    private static async Task<WaitingRound> PlayAsync(ConcurrencyModel model, Order order, Turn turn)
    {
        var workload = new GatheredWait(turn.Tasks, order.LoopWaits);
        RunOrder waits = ClaimRun.Of(model.Id, workload.Kind, order.WaitMs, turn.Tasks, model.Traits.EffectiveDegree(turn.Tasks, turn.Tasks), seed: 0);
        var run = new RunContext(waits, workload);
        GC.Collect();
        var meter = new ResourceMeter();
        long before = Environment.WorkingSet;
        meter.Start();
        long began = Stopwatch.GetTimestamp();
        await model.ExecuteAsync(run);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(began);
        ResourceUsage used = meter.Stop();
        IReadOnlyList<TaskAttempt> attempts = run.Recorder.Attempts();
        if (attempts.Count != turn.Tasks || attempts.Any(attempt => attempt.Outcome != TaskOutcome.Succeeded))
            throw new InvalidOperationException("not every task ended as it should");
        return new WaitingRound(
            model.Id,
            turn.Round,
            turn.Tasks,
            elapsed.TotalSeconds,
            workload.TaskThreads,
            workload.WaitingAtOnce,
            workload.ProcessThreads,
            used.VoluntarySwitches + used.InvoluntarySwitches,
            OperatingSystem.IsLinux() ? Math.Max(0, used.PeakRssBytes!.Value - before) : null);
    }

    internal sealed record Order(string Model, int WaitMs, GatheredWait.Way LoopWaits);

    internal sealed record Turn(int Round, int Tasks);
}
