using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Durable.Queue;
using ServerlessConcurrency.Durable.Tests.InMemory;
using ServerlessConcurrency.Durable.Tests.Orchestration;

namespace ServerlessConcurrency.Durable.Tests.Queue;

/// <summary>How a run of <c>queue</c> waits, with results that come when the test says so.</summary>
public sealed class QueueFanOutTests
{
    private static readonly ExperimentSpec Spec = SmallExperiment.Spec("queue") with { Rounds = 1, WarmupRounds = 0, TaskTimeoutSeconds = 60 };

    [Fact(Timeout = TestApp.Guard)]
    public async Task Results_are_collected_in_as_many_calls_as_it_takes_while_some_come()
    {
        await using var app = new TestApp();
        _ = new ScriptedRuns(app);
        Func<CollectRequest, Task<CollectProgress>> collect = app.CollectQueueResults;
        int calls = 0;
        app.CollectQueueResults = request => ++calls < 20 ? Task.FromResult(new CollectProgress(IsComplete: false, calls)) : collect(request);
        PassPerCall(app, TimeSpan.FromMinutes(7));

        ExperimentDocument ended = await app.RunAsync(Spec);

        Assert.Equal((ExperimentStatus.Completed, null, 20), (ended.Status, ended.Error, calls));
        Assert.Single(ended.Runs);
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task Silence_for_longer_than_a_lost_host_explains_ends_in_a_clear_error()
    {
        await using var app = new TestApp();
        _ = new ScriptedRuns(app);
        int calls = 0;
        app.CollectQueueResults = _ => Task.FromResult(new CollectProgress(IsComplete: false, Rows: Math.Min(++calls, 4)));
        PassPerCall(app, TimeSpan.FromMinutes(2));

        ExperimentDocument ended = await app.RunAsync(Spec);

        // Two task limits and ten minutes of lease are twelve minutes: the seventh call after the last result exceeds that.
        Assert.Equal((ExperimentStatus.Failed, 4 + 7), (ended.Status, calls));
        Assert.Equal(
            "round 1: primes 50 queue: no result came for 12 minutes, 4 results are there for 6 tasks: the other messages are gone from "
            + "the queue. Did each delivery end its host, so that they are in the poison queue, or was it emptied by another program?",
            ended.Error);
        Assert.Equal(new ExperimentProgress(0, 1, null), ended.Progress);
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task A_time_in_which_no_host_was_there_is_no_silence()
    {
        await using var app = new TestApp();
        _ = new ScriptedRuns(app);
        Func<CollectRequest, Task<CollectProgress>> collect = app.CollectQueueResults;
        int calls = 0;
        app.CollectQueueResults = request => ++calls < 4 ? Task.FromResult(new CollectProgress(IsComplete: false, Rows: 1)) : collect(request);
        PassPerCall(app, TimeSpan.FromHours(1));

        ExperimentDocument ended = await app.RunAsync(Spec);

        Assert.Equal((ExperimentStatus.Completed, null), (ended.Status, ended.Error));
    }

    private static void PassPerCall(TestApp app, TimeSpan time) => app.Log.TimePassed = (_, calls) => calls * time;
}
