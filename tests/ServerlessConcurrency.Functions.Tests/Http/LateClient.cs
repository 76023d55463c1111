using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace ServerlessConcurrency.Functions.Tests.Http;

/// <summary>
/// A client to whom much happens between two calls: its first looks at orchestrations show how they were a while ago, as a
/// Functions host does, it refuses to terminate what has ended, and terminations may get lost.
/// </summary>
/// <param name="inner">The task hub.</param>
/// <param name="early">How they were, in the order of the looks.</param>
internal sealed class LateClient(DurableTaskClient inner, params OrchestrationMetadata[] early) : DurableTaskClient(inner.Name)
{
    private int _looks;
    private int _terminations;

    /// <summary>How many terminations have no effect, as where a task hub hands them over with what starts an orchestration over.</summary>
    public int TerminationsLost { get; init; }

    /// <summary>Carries the scheduling of an orchestration out, or does not.</summary>
    public Func<Func<Task<string>>, Task<string>> Schedule { get; init; } = static schedule => schedule();

    public override Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) => _looks < early.Length
        ? Task.FromResult<OrchestrationMetadata?>(early[_looks++])
        : inner.GetInstanceAsync(instanceId, getInputsAndOutputs, cancellation);

    public override Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default) =>
        Schedule(() => inner.ScheduleNewOrchestrationInstanceAsync(orchestratorName, input, options, cancellation));

    public override Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default) =>
        inner.RaiseEventAsync(instanceId, eventName, eventPayload, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        inner.WaitForInstanceStartAsync(instanceId, getInputsAndOutputs, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        inner.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs, cancellation);

    public override async Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        if (await inner.GetInstanceAsync(instanceId, cancellation) is { IsCompleted: true })
            throw new RpcException(new Status(StatusCode.Unknown, "Exception was thrown by handler."));
        if (_terminations++ >= TerminationsLost)
            await inner.TerminateInstanceAsync(instanceId, options, cancellation);
    }

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        inner.SuspendInstanceAsync(instanceId, reason, cancellation);

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        inner.ResumeInstanceAsync(instanceId, reason, cancellation);

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) =>
        inner.GetAllInstancesAsync(filter);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
