using ServerlessConcurrency.Core.Costs;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Prices;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Tests.Costs;

public sealed class RunUseTests
{
    private static readonly TaskTimes Times = new(MedianWaitMs: 1, MedianExecutionMs: 20, TotalExecutionMs: 2_000, HostMs: 2_400);
    private static readonly StorageRequests Requests = new(Blobs: 30, Queues: 320, Tables: 12) { BlobWrites = 10, BlobDeletes = 10 };

    [Theory]
    [InlineData("sequential")]
    [InlineData("threads")]
    [InlineData("processes")]
    [InlineData("some-later-model")]
    public void A_model_within_a_function_is_one_execution_on_one_instance_for_the_wall_time(string model)
    {
        RunUse use = RunUse.Of(
            Costing.Run(model, 1_200) with { TaskTimes = Times, Hosts = 4, PeakRssBytes = 1_000, StorageRequests = Requests }, Costing.Prices)!;

        Assert.Equal((1, 1, 1_200, 1_200), (use.Executions, use.Instances, use.InstanceMs, use.ExecutionMs));
        Assert.Equal(1_000, use.MemoryBytes);
        Assert.Equal((320, 12, 10, 10), (use.QueueRequests, use.TableRequests, use.BlobWrites, use.BlobReads));
    }

    [Fact]
    public void Queue_is_an_execution_for_each_attempt_on_the_hosts_in_use_with_its_own_requests()
    {
        RunResult run = Costing.Run("queue", 1_300) with
        {
            TaskTimes = Times,
            Hosts = 2,
            Retried = 3,
            PeakRssBytes = 3_000,
            StorageRequests = Requests,
        };

        RunUse use = RunUse.Of(run, Costing.Prices)!;

        Assert.Equal((103, 2, 2_400, 2_000), (use.Executions, use.Instances, use.InstanceMs, use.ExecutionMs));
        Assert.Equal((320, 12), (use.QueueRequests, use.TableRequests));
        // The sender is in the sum of peak sizes, beside the two hosts.
        Assert.Equal(1_000, use.MemoryBytes);
    }

    [Fact]
    public void Where_the_requests_of_queue_are_not_counted_a_message_is_sent_received_and_deleted_and_writes_a_row()
    {
        RunUse use = RunUse.Of(Costing.Run("queue", 1_300) with { TaskTimes = Times, Hosts = 2 }, Costing.Prices)!;

        Assert.Equal((300, 100), (use.QueueRequests, use.TableRequests));
        Assert.Null(use.MemoryBytes);
    }

    [Fact]
    public void Durable_is_an_activity_for_each_attempt_beside_what_Durable_Functions_itself_needs()
    {
        RunResult run = Costing.Run("durable", 1_300) with
        {
            TaskTimes = Times,
            Hosts = 2,
            PeakRssBytes = 2_000,
            StorageRequests = Requests with { Queues = 0, Tables = 0 },
        };

        RunUse use = RunUse.Of(run, Costing.Prices)!;

        Assert.Equal((100, 58), (use.Executions, use.OrchestratorExecutions));
        Assert.Equal((810, 220), (use.QueueRequests, use.TableRequests));
        Assert.Equal((10, 10), (use.BlobWrites, use.BlobReads));
        Assert.Equal((2, 2_400, 2_000, 1_000), (use.Instances, use.InstanceMs, use.ExecutionMs, use.MemoryBytes));
    }

    [Fact]
    public void Durable_batch_is_an_activity_for_each_share_for_as_long_as_its_host_is_in_use()
    {
        RunUse use = RunUse.Of(Costing.Run("durable-batch", 1_300) with { TaskTimes = Times, Hosts = 2 }, Costing.Prices)!;

        Assert.Equal((4, 10), (use.Executions, use.OrchestratorExecutions));
        Assert.Equal((42, 28), (use.QueueRequests, use.TableRequests));
        Assert.Equal(2_400, use.ExecutionMs);
    }

    [Theory]
    // A start, and two for each activity: of 100 tasks, or of 4 shares.
    [InlineData("durable", 0, 0, 201)]
    [InlineData("durable-batch", 0, 0, 9)]
    // Each retry is a timer and an activity more; a lost share of 25 tasks is retried as one.
    [InlineData("durable", 3, 1, 210)]
    [InlineData("durable-batch", 25, 1, 12)]
    public void On_the_Durable_Task_Scheduler_a_fan_out_takes_actions_in_place_of_requests_to_storage(string model, int retried, int lost, double actions)
    {
        RunResult run = Costing.Run(model, 1_300) with { TaskTimes = Times, Hosts = 2, Retried = retried, ProcessesLost = lost, StorageRequests = Requests };

        RunUse use = RunUse.Of(run, Costing.Prices, DurableBackends.TaskScheduler)!;
        RunUse storage = RunUse.Of(run, Costing.Prices, DurableBackends.AzureStorage)!;

        Assert.Equal(actions, use.SchedulerActions);
        Assert.Equal(2 * actions, use.Times(2).SchedulerActions);
        // Those of the workload itself.
        Assert.Equal((320, 12, 10, 10), (use.QueueRequests, use.TableRequests, use.BlobWrites, use.BlobReads));
        Assert.Equal((storage.Executions, storage.OrchestratorExecutions, storage.InstanceMs), (use.Executions, use.OrchestratorExecutions, use.InstanceMs));
        Assert.Equal((0, true), (storage.SchedulerActions, storage.QueueRequests > use.QueueRequests));
        Assert.Equal(storage, RunUse.Of(run, Costing.Prices));
    }

    [Theory]
    [InlineData("threads")]
    [InlineData("queue")]
    public void Other_models_take_no_actions(string model)
    {
        RunResult run = Costing.Run(model, 1_300) with { TaskTimes = Times };

        Assert.Equal(RunUse.Of(run, Costing.Prices), RunUse.Of(run, Costing.Prices, DurableBackends.TaskScheduler));
    }

    [Theory]
    [InlineData("durable")]
    [InlineData("durable-batch")]
    public void Without_a_measurement_of_Durable_Functions_its_models_have_no_use(string model)
    {
        foreach (PriceField field in PriceField.All.Where(field => field.Name.StartsWith("durable", StringComparison.Ordinal)))
        {
            PriceList without = Costing.Prices with
            {
                Values = Costing.Prices.Values.Where(value => value.Key != field.Name).ToDictionary(),
            };

            Assert.Null(RunUse.Of(Costing.Run(model, 1) with { TaskTimes = Times }, without));
            Assert.NotNull(RunUse.Of(Costing.Run("threads", 1), without));
        }
    }

    [Fact]
    public void A_fan_out_that_does_not_tell_its_times_has_no_use() =>
        Assert.All(["queue", "durable", "durable-batch"], model => Assert.Null(RunUse.Of(Costing.Run(model, 1), Costing.Prices)));
}
