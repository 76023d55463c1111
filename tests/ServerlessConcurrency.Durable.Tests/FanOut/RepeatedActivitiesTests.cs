using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Durable.FanOut;
using ServerlessConcurrency.Durable.Hosting;
using ServerlessConcurrency.Durable.Tests.InMemory;

namespace ServerlessConcurrency.Durable.Tests.FanOut;

public sealed class RepeatedActivitiesTests
{
    // With one lane, a generation has at least 16 tasks.
    private static readonly FanOutOptions Small = new() { TasksPerGeneration = 1, RetryDelaySeconds = 0.01 };

    [Fact(Timeout = TestApp.Guard)]
    public async Task Executions_whose_results_were_not_used_are_added_up_over_hosts_and_generations()
    {
        var scripted = new ScriptedTasks();
        var executed = new Dictionary<string, int>();
        await using var app = new TestApp();
        app.ExecuteTask = async share =>
        {
            TaskResult result = await scripted.ExecuteAsync(share);
            // One in the first generation on either host, one in the last.
            executed[result.Machine] = executed.GetValueOrDefault(result.Machine) + (share.FirstTask is 1 or 2 or 33 ? 2 : 1);
            return result with { Executions = executed[result.Machine] };
        };

        RunResult run = (await app.FanOutAsync(SmallExperiment.Run("durable", 40, 1), Small))!;

        Assert.Equal((3, 0, 0, 2), (run.ActivitiesRepeated, run.Failed, run.Retried, run.Hosts));
        Assert.Equal(40, app.Memory.RowsWritten);
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task A_host_that_does_not_tell_has_repeated_nothing()
    {
        await using var app = new TestApp { ExecuteTask = new ScriptedTasks().ExecuteAsync };

        RunResult run = (await app.FanOutAsync(SmallExperiment.Run("durable", 4, 2)))!;

        Assert.Equal(0, run.ActivitiesRepeated);
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task A_task_that_was_delivered_twice_is_counted_and_one_that_was_lost_is_not()
    {
        await using var app = new TestApp();
        Func<RunOrder, Task<TaskResult>> execute = app.ExecuteTask;
        int losses = 1;
        app.ExecuteTask = async share =>
        {
            if (share.FirstTask == 2)
                await execute(share);
            if (share.FirstTask == 3 && losses-- > 0)
                throw new InvalidOperationException("the storage does not answer");
            return await execute(share);
        };

        RunResult run = (await app.FanOutAsync(SmallExperiment.Run("durable", 6, 1)))!;

        Assert.Equal((1, 1, 1, 0), (run.ActivitiesRepeated, run.ProcessesLost, run.Retried, run.Failed));
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task A_share_that_was_delivered_twice_is_counted()
    {
        await using var app = new TestApp();
        Func<BatchRequest, Task<BatchResult>> execute = app.ExecuteTaskBatch;
        app.ExecuteTaskBatch = async request =>
        {
            if (request.Share.FirstTask == 0)
                await execute(request);
            return await execute(request);
        };

        RunResult run = (await app.FanOutAsync(SmallExperiment.Run("durable-batch", 6, 2)))!;

        Assert.Equal((1, 0, 0), (run.ActivitiesRepeated, run.Retried, run.Failed));
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task Runs_of_one_process_are_counted_apart()
    {
        await using var app = new TestApp();

        ExperimentDocument ended = await app.RunAsync(SmallExperiment.Spec("durable", "durable-batch") with { Rounds = 3 });

        Assert.Equal(6, ended.Runs.Count);
        Assert.All(ended.Runs, run => Assert.Equal(0, run.ActivitiesRepeated));
    }

    [Fact]
    public void All_is_forgotten_before_it_becomes_too_much()
    {
        RunOrder order = SmallExperiment.Order("durable", 4, 2);
        var executions = new ExecutionCount();
        foreach (int run in Enumerable.Range(1, ExecutionCount.MostRuns))
            executions.Add(order with { RunId = $"r{run}" });

        Assert.Equal(2, executions.Add(order with { RunId = "r1" }));
        Assert.Equal(1, executions.Add(order with { RunId = "r1", ExperimentId = "another" }));
        Assert.Equal(1, executions.Add(order with { RunId = "r1" }));
        Assert.Equal(2, executions.Add(order with { RunId = "r1" }));
    }
}
