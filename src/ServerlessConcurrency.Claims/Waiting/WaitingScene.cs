using System.Diagnostics;
using System.Text.Json;
using ServerlessConcurrency.Claims.Children;
using ServerlessConcurrency.Core.Experiments;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Workers.Hosting;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Claims.Waiting;

/// <summary>A process for one variant: gets the numbers of rounds, and sends a <see cref="WaitingRound"/> for each.</summary>
internal sealed class WaitingScene : IChildScene
{
    /// <summary>The name of the scene.</summary>
    public const string SceneName = "waiting";

    // So few threads may be too few for others too: then there is something else.
    private const int FewestTasks = 10;

    /// <inheritdoc/>
    public string Name => SceneName;

    /// <inheritdoc/>
    public async Task PlayAsync(WorkerSession session, JsonElement arguments)
    {
        Order order = arguments.Deserialize<Order>(JsonSerializerOptions.Web)!;
        ConcurrencyModel model = BuiltInModels.Create().Single(model => model.Id == order.Model);
        // Compiles what the rounds execute.
        _ = await PlayAsync(model, order with { Tasks = Math.Min(order.Tasks, FewestTasks), WaitMs = 1 }, round: -1);
        int tasks = order.Tasks;
        bool isFirst = true;
        while (session.Reader.Read(out Frame frame))
        {
            int number = frame.ReadJson<int>();
            WaitingRound round;
            while (true)
            {
                try
                {
                    round = await PlayAsync(model, order with { Tasks = tasks }, number);
                    break;
                }
                catch (OutOfMemoryException) when (tasks / 2 >= FewestTasks)
                {
                    // That is how .NET says that the system allows no further thread.
                    tasks /= 2;
                }
            }

            // Later rounds wait in memory that the first has left behind.
            ClaimChild.Send(session.Writer, isFirst ? round : round with { GrownBytes = null });
            isFirst = false;
        }
    }

    private static async Task<WaitingRound> PlayAsync(ConcurrencyModel model, Order order, int round)
    {
        var workload = new GatheredWait(order.Tasks, order.LoopWaits);
        var run = new RunContext
        {
            ExperimentId = "",
            RunId = "",
            Workload = workload,
            Size = order.WaitMs,
            Tasks = order.Tasks,
            Seed = 0,
            Degree = model.EffectiveDegree(order.Tasks),
            TaskTimeout = Timeout.InfiniteTimeSpan,
            Recorder = new TaskRecorder(order.Tasks),
        };
        GC.Collect();
        var meter = new ResourceMeter();
        long before = Environment.WorkingSet;
        meter.Start();
        long began = Stopwatch.GetTimestamp();
        await model.ExecuteAsync(run);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(began);
        ResourceUsage used = meter.Stop();
        IReadOnlyList<TaskAttempt> attempts = run.Recorder.Attempts();
        if (attempts.Count != order.Tasks || attempts.Any(attempt => attempt.Outcome != TaskOutcome.Succeeded))
            throw new InvalidOperationException("not every task ended as it should");
        return new WaitingRound(
            model.Id,
            round,
            order.Tasks,
            elapsed.TotalSeconds,
            workload.TaskThreads,
            workload.WaitingAtOnce,
            workload.ProcessThreads,
            used.VoluntarySwitches + used.InvoluntarySwitches,
            OperatingSystem.IsLinux() ? Math.Max(0, used.PeakRssBytes!.Value - before) : null);
    }

    /// <summary>What to run.</summary>
    /// <param name="Model">The id of the model.</param>
    /// <param name="Tasks">How many tasks wait at once.</param>
    /// <param name="WaitMs">How long each, in ms.</param>
    /// <param name="LoopWaits">How tasks that await do so.</param>
    internal sealed record Order(string Model, int Tasks, int WaitMs, LoopWaits LoopWaits);
}
