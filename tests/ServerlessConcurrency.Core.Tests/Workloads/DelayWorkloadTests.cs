using System.Diagnostics;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Tests.Workloads;

public sealed class DelayWorkloadTests
{
    // Only the lower bound is a statement: how much longer a wait takes depends on the machine.
    [Theory]
    [InlineData("delay")]
    [InlineData("mixed")]
    public async Task A_wait_never_takes_less_than_its_size_in_either_form(string kind)
    {
        Workload workload = kind == "delay" ? new DelayWorkload() : new MixedWorkload();
        foreach (int size in Enumerable.Range(1, 12))
        {
            var task = new TaskInput(size, 0, 42);
            long began = Stopwatch.GetTimestamp();
            workload.Execute(task, new Execution());
            Assert.True(Stopwatch.GetElapsedTime(began).TotalMilliseconds >= size);

            began = Stopwatch.GetTimestamp();
            await workload.ExecuteAsync(task, new Execution());
            Assert.True(Stopwatch.GetElapsedTime(began).TotalMilliseconds >= size);
        }
    }

    [Fact]
    public void The_blocking_form_waits_in_one_piece()
    {
        var execution = new CountingExecution();

        new DelayWorkload().Execute(new TaskInput(250, 0, 42), execution);

        // A second, tiny wait may follow where the system woke the thread early.
        Assert.InRange(execution.Waits, 1, 2);
    }

    private sealed class CountingExecution : Execution
    {
        public int Waits { get; private set; }

        public override TResult Wait<TState, TResult>(TState state, Func<TState, TResult> wait)
        {
            Waits++;
            return base.Wait(state, wait);
        }
    }
}
