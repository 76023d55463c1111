using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Tests.Workloads;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Tests.Models;

public sealed class ModelChecksumTests(WorkloadFixture fixture) : IClassFixture<WorkloadFixture>
{
    public static TheoryData<string, string, long> ModelsAndWorkloads()
    {
        var rows = new TheoryData<string, string, long>();
        foreach (ConcurrencyModel model in BuiltInModels.Create())
        {
            foreach ((string kind, long size) in new[]
            {
                ("primes", 2_000L), ("sha256", 200L), ("matmul", 20L), ("delay", 3L), ("mixed", 1L), ("file", 4L), ("http", 2L),
            })
                rows.Add(model.Id, kind, size);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(ModelsAndWorkloads))]
    public async Task Every_model_computes_what_sequential_computes(string model, string kind, long size)
    {
        const int Tasks = 24;
        Workload workload = fixture.Workloads.Get(kind);
        ulong[] expected = [.. Enumerable.Range(0, Tasks).Select(index => workload.Execute(new TaskInput(size, index, 42), new Execution()))];

        TaskRecorder recorder = await TestRun.ExecuteAsync(model, workload, size, Tasks, degree: 3);

        Assert.Equal(0, recorder.Remaining);
        Assert.Equal(expected, recorder.Checksums());
        IReadOnlyList<TaskTiming> timings = recorder.Timings();
        Assert.Equal(Enumerable.Range(0, Tasks), timings.Select(timing => timing.TaskIndex));
        Assert.All(timings, timing =>
        {
            Assert.Equal(TaskOutcome.Succeeded, timing.Outcome);
            Assert.Equal(1, timing.Attempt);
            Assert.Equal(Environment.ProcessId, timing.ProcessId);
            Assert.True(timing.QueuedMs >= 0 && timing.StartedMs >= timing.QueuedMs && timing.FinishedMs >= timing.StartedMs);
        });
    }

    [Theory]
    [MemberData(nameof(TestRun.Models), MemberType = typeof(TestRun))]
    public async Task A_run_may_have_fewer_tasks_than_the_degree(string model)
    {
        TaskRecorder recorder = await TestRun.ExecuteAsync(model, new PrimesWorkload(), size: 100, tasks: 1, degree: 16);

        Assert.Equal(0, recorder.Remaining);
    }

    [Fact]
    public void The_baseline_comes_first_and_ids_are_those_of_the_documentation() => Assert.Equal(
        ["sequential", "threads", "thread-pool", "event-loop", "async", "gil-threads"],
        BuiltInModels.Create().Select(model => model.Id));
}
