using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Tests.Measurement;

/// <summary>That tasks are told apart, a process alone can show: see the samples and own code in the tests of the command line.</summary>
public sealed class WorkloadInspectionTests
{
    [Theory]
    [InlineData(0, WorkloadNature.IoBound)]
    [InlineData(WorkloadInspection.Waits, WorkloadNature.IoBound)]
    [InlineData(0.5, WorkloadNature.Mixed)]
    [InlineData(WorkloadInspection.Computes, WorkloadNature.CpuBound)]
    [InlineData(1, WorkloadNature.CpuBound)]
    public void The_share_of_processor_time_decides(double share, WorkloadNature expected) => Assert.Equal(expected, WorkloadInspection.NatureOf(share));

    [Fact]
    public void Two_results_of_one_task_are_noticed()
    {
        Assert.True(Of(new PrimesWorkload(), size: 100).IsDeterministic);
        Assert.False(Of(new CountingWorkload(), size: 1).IsDeterministic);
    }

    private static WorkloadInspection Of(Workload workload, long size) =>
        WorkloadInspection.Of(workload, new TaskInput(size, Index: 0, Seed: 1), TimeProvider.System);

    private sealed class CountingWorkload : Workload
    {
        private ulong _times;

        public override string Kind => "counting";

        public override WorkloadNature Nature => WorkloadNature.CpuBound;

        public override string SizeUnit => "";

        public override long MaxSize => 1;

        public override ulong Execute(TaskInput task, Execution execution) => _times++;

        public override ValueTask<ulong> ExecuteAsync(TaskInput task, Execution execution) => new(Execute(task, execution));
    }
}
