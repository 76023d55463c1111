using Microsoft.Azure.Functions.Worker;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Functions.Hosting;

namespace ServerlessConcurrency.Functions.FanOut;

/// <summary>The activity that executes one task. Executing it again computes the same.</summary>
/// <param name="host">What the activities of this process share.</param>
public sealed class ExecuteTask(ActivityHost host)
{
    /// <summary>Executes the task; what it throws is its result.</summary>
    /// <param name="request">The task.</param>
    /// <param name="cancellationToken">Cancelled when the host stops: the activity then fails, and another host takes it.</param>
    /// <returns>The result, times and usage.</returns>
    [Function(nameof(ExecuteTask))]
    public async Task<TaskResult> RunAsync([ActivityTrigger] TaskRequest request, CancellationToken cancellationToken)
    {
        await host.PrepareAsync(request.Workload, request.Size, cancellationToken);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(request.TimeoutSeconds));
        var meter = new ResourceMeter();
        meter.Start();
        long started = UtcClock.Instance.GetTimestamp();
        ulong checksum = 0;
        var outcome = TaskOutcome.Succeeded;
        string? error = null;
        try
        {
            checksum = await host.Workloads.Get(request.Workload).ExecuteAsync(
                new TaskInput(request.Size, request.Index, request.Seed), new Execution(timeout.Token));
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            outcome = TaskOutcome.TimedOut;
            error = $"took longer than the {request.TimeoutSeconds:0.###} s of taskTimeoutSeconds";
        }
#pragma warning disable CA1031 // Whatever a workload throws is the result of its task.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            outcome = TaskOutcome.Failed;
            error = exception.Message.ReplaceLineEndings(" ");
        }

        long finished = UtcClock.Instance.GetTimestamp();
        HostIdentity self = HostIdentity.Current;
        return new TaskResult(
            self.Machine,
            self.ProcessId,
            Environment.CurrentManagedThreadId,
            started,
            finished,
            checksum,
            outcome,
            error,
            ActivityUsage.Of(meter.Stop()));
    }
}
