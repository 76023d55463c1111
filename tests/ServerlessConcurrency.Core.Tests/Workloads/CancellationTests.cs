using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Tests.Workloads;

public sealed class CancellationTests(WorkloadFixture fixture) : IClassFixture<WorkloadFixture>
{
    // Each would take minutes to hours; the guard of the tests is far shorter.
    public static TheoryData<string, long> LongTasks => new()
    {
        { "primes", 100_000_000 },
        { "sha256", 1_000_000_000 },
        { "matmul", 4_096 },
        { "delay", 3_600_000 },
        { "mixed", 3_600_000 },
        { "http", 3_600_000 },
    };

    [Theory]
    [MemberData(nameof(LongTasks))]
    public Task Cancelling_ends_the_blocking_form(string kind, long size) => CancelledInTheMiddleAsync(
        (task, execution) => Task.Run(() => fixture.Workloads.Get(kind).Execute(task, execution)), size);

    [Theory]
    [MemberData(nameof(LongTasks))]
    public Task Cancelling_ends_the_awaiting_form(string kind, long size) => CancelledInTheMiddleAsync(
        (task, execution) => Task.Run(() => fixture.Workloads.Get(kind).ExecuteAsync(task, execution).AsTask()), size);

    [Fact]
    public async Task Cancelling_ends_the_computing_part_of_mixed()
    {
        using var cancellation = new CancellationTokenSource();
        var execution = new ObservedExecution(cancellation.Token);
        // Waits 1 s, then would compute for far longer were its computation not cut short at its first checkpoint.
        Task<ulong> task = Task.Run(() => new MixedWorkload().Execute(new TaskInput(1_000, 0, 1), execution));

        await Patience.UntilAsync(() => execution.Checkpoints > 0, "the task computes");
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task.Patiently());
    }

    private static async Task CancelledInTheMiddleAsync(Func<TaskInput, Execution, Task<ulong>> execute, long size)
    {
        using var cancellation = new CancellationTokenSource();
        var execution = new ObservedExecution(cancellation.Token);
        Task<ulong> task = execute(new TaskInput(size, 0, 42), execution);

        // Computations are caught at a checkpoint, waits in their wait; an awaiting form is cancelled whenever it happens to be.
        await Task.WhenAny(
            Patience.UntilAsync(() => execution.Checkpoints > 0 || execution.Waits > 0, "the task is under way"),
            Task.Delay(200));
        Assert.False(task.IsCompleted);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task.Patiently());
    }

    private sealed class ObservedExecution(CancellationToken cancellationToken) : Execution(cancellationToken)
    {
        private volatile int _checkpoints;
        private volatile int _waits;

        public int Checkpoints => _checkpoints;

        public int Waits => _waits;

        public override void Checkpoint()
        {
            _checkpoints++;
            base.Checkpoint();
        }

        public override TResult Wait<TState, TResult>(TState state, Func<TState, TResult> wait)
        {
            _waits++;
            return base.Wait(state, wait);
        }
    }
}
