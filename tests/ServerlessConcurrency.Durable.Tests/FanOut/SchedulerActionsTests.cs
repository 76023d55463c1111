using ServerlessConcurrency.Core.Costs;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Prices;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Durable.FanOut;
using ServerlessConcurrency.Durable.Tests.InMemory;

namespace ServerlessConcurrency.Durable.Tests.FanOut;

/// <summary>What costs say of a run is what its orchestration did: an action to start, two for an activity, one for a timer.</summary>
public sealed class SchedulerActionsTests
{
    [Theory(Timeout = TestApp.Guard)]
    // 1 + 2 × 7; with a task that fails once and one whose host dies twice, 3 activities and 3 timers more.
    [InlineData(false, 15)]
    [InlineData(true, 24)]
    public async Task Of_durable(bool withRetries, int expected)
    {
        var scripted = new ScriptedTasks
        {
            Outcome = (index, attempt) => withRetries ? (index, attempt) switch
            {
                (2, 1) => TaskOutcome.Failed,
                (4, < 3) => TaskOutcome.Lost,
                _ => TaskOutcome.Succeeded,
            }
            : TaskOutcome.Succeeded,
        };
        await using var app = new TestApp { ExecuteTask = scripted.ExecuteAsync };

        RunResult run = (await app.FanOutAsync(SmallExperiment.Run("durable", 7, 2)))!;

        AssertActions(expected, app, run, nameof(ExecuteTask));
    }

    [Theory(Timeout = TestApp.Guard)]
    // 1 + 2 × 3; with a share that is lost once, an activity and a timer more.
    [InlineData(false, 7)]
    [InlineData(true, 10)]
    public async Task Of_durable_batch(bool withRetries, int expected)
    {
        await using var app = new TestApp();
        Func<BatchRequest, Task<BatchResult>> execute = app.ExecuteTaskBatch;
        app.ExecuteTaskBatch = request => withRetries && request is { Share.FirstTask: 0, Attempt: 1 }
            ? throw new InvalidOperationException("the host died")
            : execute(request);

        RunResult run = (await app.FanOutAsync(SmallExperiment.Run("durable-batch", 10, 3)))!;

        AssertActions(expected, app, run, nameof(ExecuteTaskBatch));
    }

    private static void AssertActions(int expected, TestApp app, RunResult run, string activity)
    {
        Assert.True(run.IsValid, run.Error);
        IReadOnlyList<string> calls = Assert.Single(app.Log.GenerationsOf("fan-out")).Calls;
        int activities = calls.Count(call => call.StartsWith($"activity {activity} ", StringComparison.Ordinal));
        int timers = calls.Count(call => call.StartsWith("timer ", StringComparison.Ordinal));
        Assert.Equal(expected, 1 + (2 * activities) + timers);
        Assert.Equal(expected, RunUse.Of(run, PriceList.Embedded, DurableBackends.TaskScheduler)!.SchedulerActions);
    }
}
