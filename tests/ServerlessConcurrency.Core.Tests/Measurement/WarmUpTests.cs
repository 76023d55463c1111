using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Tests.Models;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Tests.Measurement;

public sealed class WarmUpTests
{
    private int _blocking;
    private int _awaiting;

    [Fact]
    public async Task Both_forms_are_executed_several_times_and_only_once_in_a_process()
    {
        var warmUp = new WarmUp();
        ScriptedWorkload workload = Counting();
        Assert.False(warmUp.IsWarm(workload, 5));

        await warmUp.UntilSteadyAsync(workload, new TaskInput(5, 0, 0)).Patiently();
        (int blocking, int awaiting) = (_blocking, _awaiting);
        await warmUp.UntilSteadyAsync(workload, new TaskInput(5, 0, 0)).Patiently();

        Assert.True(blocking >= 2 && awaiting >= 2, $"{blocking} and {awaiting} executions");
        Assert.Equal((blocking, awaiting), (_blocking, _awaiting));
        Assert.True(warmUp.IsWarm(workload, 5));
        Assert.False(warmUp.IsWarm(workload, 6));
    }

    [Fact]
    public void Where_nothing_awaits_only_the_blocking_form_is_executed()
    {
        new WarmUp().UntilSteady(Counting(), new TaskInput(5, 0, 0));

        Assert.True(_blocking >= 2);
        Assert.Equal(0, _awaiting);
    }

    [Fact]
    public async Task A_task_that_takes_too_long_is_cut_off_after_one_execution_of_each_form()
    {
        ScriptedWorkload workload = ScriptedWorkload.IoBound(
            (_, execution) =>
            {
                _blocking++;
                DelayWorkload.BlockFor(3_600_000, execution);
                return 1;
            },
            async (_, execution) =>
            {
                _awaiting++;
                await Task.Delay(Timeout.Infinite, execution.CancellationToken);
                return 1;
            });

        await new WarmUp().UntilSteadyAsync(workload, new TaskInput(5, 0, 0)).Patiently();

        Assert.Equal((1, 1), (_blocking, _awaiting));
    }

    [Fact]
    public async Task A_task_that_throws_is_left_to_the_run()
    {
        ScriptedWorkload workload = ScriptedWorkload.CpuBound((_, _) => throw new InvalidOperationException("as the test wants"));

        await new WarmUp().UntilSteadyAsync(workload, new TaskInput(5, 0, 0)).Patiently();
    }

    [Fact]
    public async Task What_was_cancelled_is_begun_again()
    {
        var warmUp = new WarmUp();
        using var cancellation = new CancellationTokenSource();
        ScriptedWorkload workload = ScriptedWorkload.CpuBound((_, _) =>
        {
            _blocking++;
            cancellation.Cancel();
            return 1;
        });

        await Assert.ThrowsAsync<OperationCanceledException>(() => warmUp.UntilSteadyAsync(workload, new TaskInput(5, 0, 0), cancellation.Token).Patiently());
        int before = _blocking;
        await warmUp.UntilSteadyAsync(workload, new TaskInput(5, 0, 0)).Patiently();

        Assert.True(_blocking > before);
    }

    [Theory]
    [InlineData("delay", 1)]
    [InlineData("http", 1)]
    [InlineData("mixed", 1)]
    [InlineData("primes", 700)]
    [InlineData("file", 700)]
    public void Only_where_the_size_means_waiting_a_smaller_one_is_executed(string kind, long expected)
    {
        Workload workload = BuiltInWorkloads.Create(new WorkloadEnvironment()).Single(known => known.Kind == kind);

        Assert.Equal(expected, workload.WarmUpSize(700));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_run_warms_up_unmeasured_unless_it_is_to_be_cold(bool coldStart)
    {
        var indices = new List<int>();
        ScriptedWorkload workload = ScriptedWorkload.CpuBound((task, _) =>
        {
            indices.Add(task.Index);
            return 1;
        });
        await using var models = new ModelCatalog([new SequentialModel()]);
        var executor = new RunExecutor(new WorkloadCatalog([workload]), models);
        var spec = new ExperimentSpec { Workloads = [new WorkloadSpec("scripted", 5, 3)], Models = ["sequential"], ColdStart = coldStart, MinRunMs = 0 };

        (_, TaskRecorder recorder) = await executor.ExecuteAsync(
            "20260131-093000-test", spec, new PlannedRun("r1", 1, false, spec.Workloads[0], "sequential", 1), CancellationToken.None).Patiently();

        Assert.Equal(3, recorder.Attempts().Count);
        Assert.Equal([0, 1, 2], indices.TakeLast(3));
        Assert.Equal(coldStart, indices.Count == 3);
        Assert.DoesNotContain(indices.SkipLast(3), index => index < 3);
    }

    private ScriptedWorkload Counting() => ScriptedWorkload.IoBound(
        (_, _) => (ulong)++_blocking,
        (_, _) => Task.FromResult((ulong)++_awaiting));
}
