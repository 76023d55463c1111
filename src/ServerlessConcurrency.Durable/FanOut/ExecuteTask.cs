using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Durable.Hosting;

namespace ServerlessConcurrency.Durable.FanOut;

/// <summary>The activity that executes one task: a share of one. Executing it again computes the same.</summary>
public sealed class ExecuteTask(ActivityHost host)
{
    /// <summary>Executes the task; what it throws is its result.</summary>
    /// <param name="share">A share of one task.</param>
    public async Task<TaskResult> RunAsync(RunOrder share, CancellationToken cancellationToken)
    {
        await host.PrepareAsync(share, cancellationToken);
        var task = new TaskExecution(share, () => host.Workloads.Get(share.Workload), UtcClock.Instance);
        var meter = new ResourceMeter();
        meter.Start();
        TaskAttempt attempt = await task.ExecuteInTimeAsync(index: 0, attempt: 1, queuedTicks: 0, cancellationToken);
        return TaskResult.Of(attempt, ActivityUsage.Of(meter.Stop())) with { Executions = host.Executions.Add(share) };
    }
}
