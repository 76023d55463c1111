using FsCheck.Xunit;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Durable.FanOut;
using ServerlessConcurrency.Durable.Tests.InMemory;

namespace ServerlessConcurrency.Durable.Tests.FanOut;

/// <summary>What holds in whatever order activities and timers end.</summary>
public sealed class FanOutProperties
{
    private const int MaxAttempts = 3;

    [Property(MaxTest = 200)]
    public void The_window_holds_and_every_task_ends_once(ushort tasks, byte degree, int seed)
    {
        FanOutState state = State("durable", tasks, degree);
        var context = new SteppedContext();
        var fanIn = new ActivityFanIn(state, static _ => { });
        var random = new Random(seed);
        double failures = random.NextDouble() / 2;

        Task run = new TaskFanOut(context, state, fanIn).RunAsync();
        context.RunToEnd(random, input => random.NextDouble() < failures
            ? new InvalidOperationException("lost")
            : Result(random.NextDouble() < failures ? TaskOutcome.Failed : TaskOutcome.Succeeded));

        Assert.True(run.IsCompletedSuccessfully);
        Assert.InRange(context.MostOpen, 1, state.Order.Degree);
        ILookup<int, TaskAttempt> byTask = fanIn.Attempts.ToLookup(attempt => attempt.TaskIndex);
        Assert.Equal(Enumerable.Range(0, state.Order.Tasks), byTask.Select(task => task.Key).Order());
        Assert.All(byTask, attempts =>
        {
            Assert.Equal(Enumerable.Range(1, attempts.Count()), attempts.Select(attempt => attempt.Attempt));
            Assert.All(attempts.SkipLast(1), attempt => Assert.NotEqual(TaskOutcome.Succeeded, attempt.Outcome));
            Assert.True(attempts.Last().Outcome == TaskOutcome.Succeeded || attempts.Count() == MaxAttempts);
        });
        Assert.Equal(byTask.All(attempts => attempts.Last().Outcome == TaskOutcome.Succeeded), fanIn.FirstError is null);
    }

    [Property(MaxTest = 200)]
    public void The_shares_of_a_batch_are_contiguous_equally_large_and_cover_every_task_once(ushort tasks, byte degree, int seed)
    {
        FanOutState state = State("durable-batch", tasks, degree);
        var context = new SteppedContext();
        var shares = new List<RunOrder>();

        Task run = new BatchFanOut(context, state, new ActivityFanIn(state, static _ => { })).RunAsync();
        context.RunToEnd(new Random(seed), input =>
        {
            shares.Add(((BatchRequest)input).Share);
            return new BatchResult("a", 1, [], null, null, ResourceUsage.None);
        });

        Assert.True(run.IsCompletedSuccessfully);
        Assert.Equal(Math.Min(state.Order.Degree, state.Order.Tasks), shares.Count);
        int next = 0;
        foreach (RunOrder share in shares.OrderBy(share => share.FirstTask))
        {
            Assert.Equal(next, share.FirstTask);
            next += share.Tasks;
        }

        Assert.Equal(state.Order.Tasks, next);
        Assert.InRange(shares.Max(share => share.Tasks) - shares.Min(share => share.Tasks), 0, 1);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 16)]
    [InlineData(100, 3600)]
    public void Each_attempt_waits_twice_as_long_as_the_one_before_but_never_more_than_an_hour(int failures, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), new FanOutOptions().DelayBefore(failures + 1));

    private static FanOutState State(string model, ushort tasks, byte degree) => SmallExperiment.FanOut(
        SmallExperiment.Document(SmallExperiment.Spec(model)), SmallExperiment.Run(model, 1 + (tasks % 500), 1 + degree)) with
    {
        Options = new FanOutOptions { MaxAttempts = MaxAttempts, TasksPerGeneration = 500 },
    };

    private static TaskResult Result(TaskOutcome outcome) => new(
        "a", 1, 1, 0, 0, outcome == TaskOutcome.Succeeded ? 1UL : 0, outcome, outcome.ToString(), new ActivityUsage());
}
