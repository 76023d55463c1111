using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Durable.FanOut;
using ServerlessConcurrency.Durable.Runs;

namespace ServerlessConcurrency.Functions.Triggers;

/// <summary>The functions behind runs of <c>durable</c> and <c>durable-batch</c>.</summary>
public sealed class FanOutTriggers(ExecuteTask executeTask, ExecuteTaskBatch executeTaskBatch, RecordTimings recordTimings)
{
    [Function(nameof(FanOutOrchestrator))]
    public static Task OrchestrateAsync([OrchestrationTrigger] TaskOrchestrationContext context, FanOutState state) =>
        FanOutOrchestrator.RunAsync(context, state);

    [Function(nameof(ExecuteTask))]
    public Task<TaskResult> ExecuteTaskAsync([ActivityTrigger] RunOrder share, CancellationToken cancellationToken) =>
        executeTask.RunAsync(share, cancellationToken);

    [Function(nameof(ExecuteTaskBatch))]
    public Task<BatchResult> ExecuteTaskBatchAsync([ActivityTrigger] BatchRequest request, CancellationToken cancellationToken) =>
        executeTaskBatch.RunAsync(request, cancellationToken);

    [Function(nameof(RecordTimings))]
    public Task RecordTimingsAsync([ActivityTrigger] RunRecording recording, CancellationToken cancellationToken) =>
        recordTimings.RunAsync(recording, cancellationToken);
}
