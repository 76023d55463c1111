using System.Text.Json;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using ServerlessConcurrency.Api.Engines;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Durable.FanOut;
using ServerlessConcurrency.Durable.Journal;
using ServerlessConcurrency.Durable.Orchestration;
using ServerlessConcurrency.Durable.Runs;
using ServerlessConcurrency.Functions.Claims;
using ServerlessConcurrency.Functions.Hosting;

namespace ServerlessConcurrency.Functions.Http;

/// <summary>Durable Functions behind the HTTP API: an orchestration for each experiment, with the same id.</summary>
/// <param name="results">Ends experiments whose orchestration cannot.</param>
/// <param name="fanOut">How fan-outs of experiments that are started now treat their activities.</param>
public sealed class DurableExperimentEngine(
    DurableTaskClient client, IExperimentStore store, ExperimentResults results, FanOutOptions fanOut) : IExperimentEngine
{
    // An orchestration is visible a moment after it was scheduled.
    private static readonly TimeSpan SchedulingTime = TimeSpan.FromMinutes(1);
    // Once for the process: there is an engine for each request, and the machine stays the same.
    private static readonly EnvironmentInfo Here = MachineInfo.Describe(EngineNames.AzureFunctions) with
    {
        DurableBackend = TaskHubBackend.OfThisApp(),
    };

    private static readonly TimeSpan TerminationPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan TerminationRepeat = TimeSpan.FromSeconds(5);

    // Azure's front end gives up on a request after 230 s (https://learn.microsoft.com/azure/azure-functions/functions-bindings-http-webhook-trigger#limits).
    private const int PurgesAtOnce = 16;

    public SpecRules Rules => AppModels.Rules with { Refusal = UnoptimisedCode.Refusal() };

    public EnvironmentInfo Environment => Here;

    public async Task StartAsync(MeasurementDocument document, CancellationToken cancellationToken)
    {
        // A client that has got no answer asks again: what was started then is left alone.
        if (await client.GetInstanceAsync(document.Id, cancellationToken) is not null)
            return;
        using ExperimentTelemetry? telemetry = document is ExperimentDocument traced ? new ExperimentTelemetry(traced) : null;
        (string orchestrator, object input) = (document with { Status = ExperimentStatus.Running }) switch
        {
            ExperimentDocument experiment => (nameof(ExperimentOrchestrator), (object)new ExperimentJourney { Document = experiment, FanOut = fanOut, Trace = telemetry?.Trace }),
            MeasurementDocument claims => (nameof(ClaimsOrchestrator), claims),
        };
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, new StartOrchestrationOptions(document.Id), cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Another host was given the same request, and was faster; or the answer was lost.
            if (await client.GetInstanceAsync(document.Id, cancellationToken) is null)
                throw;
        }
    }

    public async Task<MeasurementDocument> ObserveAsync(MeasurementDocument stored, CancellationToken cancellationToken)
    {
        if (stored.Status.HasEnded())
            return stored;
        OrchestrationMetadata? instance = await client.GetInstanceAsync(stored.Id, getInputsAndOutputs: true, cancellationToken);
        if (instance is null && TimeProvider.System.GetUtcNow() - stored.StartedAt < SchedulingTime)
            return stored;
        if (instance?.RuntimeStatus == OrchestrationRuntimeStatus.Pending)
            return stored;
        if (instance is { IsCompleted: false })
            return stored with { Status = ExperimentStatus.Running, Progress = await ProgressAsync(stored, instance, cancellationToken) };

        // It may have ended between the two looks, or have been deleted: then nothing of it may come back.
        MeasurementDocument? now = await store.FindAsync(stored.Id, cancellationToken);
        return now is null || now.Status.HasEnded() ? now ?? stored : await ConcludeAsync(now, instance, cancellationToken);
    }

    public async Task CancelAsync(MeasurementDocument stored, CancellationToken cancellationToken)
    {
        if (stored.Status.HasEnded())
            return;
        OrchestrationMetadata? instance = await TerminateAsync(stored.Id, cancellationToken);
        MeasurementDocument now = await store.FindAsync(stored.Id, cancellationToken) ?? stored;
        if (now.Status.HasEnded())
            return;
        if (instance is null)
            await store.SaveAsync(now with { Status = ExperimentStatus.Cancelled, FinishedAt = TimeProvider.System.GetUtcNow() }, cancellationToken);
        else
            await ConcludeAsync(now, instance, cancellationToken);
    }

    public async Task ForgetAsync(MeasurementDocument stored, CancellationToken cancellationToken)
    {
        bool wasRunning = await TerminateAsync(stored.Id, cancellationToken) is { IsCompleted: false };
        if (wasRunning && !stored.Status.HasEnded())
        {
            // What an activity reports to an orchestration that is purged is delivered again and again, for minutes: it gets to know first.
            await store.SaveAsync(stored with { Status = ExperimentStatus.Cancelled }, cancellationToken);
            await Task.Delay(RunJournal.WatchInterval * 1.5, cancellationToken);
        }

        await Parallel.ForEachAsync(
            PartsAsync(stored.Id),
            new ParallelOptions { MaxDegreeOfParallelism = PurgesAtOnce, CancellationToken = cancellationToken },
            async (part, cancelled) => await client.PurgeInstanceAsync(part.InstanceId, cancellation: cancelled));
        await client.PurgeInstanceAsync(stored.Id, cancellation: cancellationToken);
    }

    private async Task<ExperimentProgress> ProgressAsync(MeasurementDocument stored, OrchestrationMetadata instance, CancellationToken cancellationToken)
    {
        if (Progress(instance) is not { } progress)
            return stored.Progress;
        if (progress is not { CurrentRun: { } run, CurrentRunId: { } runId }
            || await client.GetInstanceAsync(FanOutOrchestrator.InstanceId(stored.Id, runId), getInputsAndOutputs: true, cancellationToken)
                is not { SerializedCustomStatus: not null } part
            // The Functions host tells that there is none by a JSON null.
            || StatusOf<int?>(part) is not { } done)
        {
            return progress;
        }

        return progress with { CurrentRun = FanOutOrchestrator.Describe(run, done) };
    }

    private static ExperimentProgress? Progress(OrchestrationMetadata instance) =>
        StatusOf<ExperimentProgress>(instance) is { RunsTotal: > 0 } progress ? progress : null;

    private static T? StatusOf<T>(OrchestrationMetadata instance)
    {
        try
        {
            return instance.SerializedCustomStatus is null ? default : instance.ReadCustomStatusAs<T>();
        }
        catch (JsonException)
        {
            // Another version of the app wrote it, before it was updated.
            return default;
        }
    }

    // A Functions host tells why it failed as its output.
    private static string FailureIn(string? output) =>
        output?.Split('\n', 2)[0].Trim(' ', '\r', '"') is { Length: > 0 } reason ? $"the orchestration failed: {reason}" : "the orchestration failed";

    /// <summary>The orchestrations of single runs, which have the experiment's id and their own.</summary>
    private AsyncPageable<OrchestrationMetadata> PartsAsync(string id) =>
        client.GetAllInstancesAsync(new OrchestrationQuery { InstanceIdPrefix = $"{id}:" });

    private async Task<OrchestrationMetadata?> TerminateAsync(string id, CancellationToken cancellationToken)
    {
        OrchestrationMetadata? instance = await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellationToken);
        if (instance is null)
            return null;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TerminationPatience);
        try
        {
            if (!instance.IsCompleted)
                await EndAsync(id, patience.Token);
            // Once it has ended, no further part begins. What is not waited for could not be purged.
            await foreach (OrchestrationMetadata part in PartsAsync(id).WithCancellation(patience.Token))
                if (!part.IsCompleted)
                    await EndAsync(part.InstanceId, patience.Token);
            return instance;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EngineUnavailableException(
                $"the orchestration of {id} did not end within {TerminationPatience.TotalSeconds:0} s: is any host of the app running?");
        }
    }

    // A task hub loses a termination that reaches an orchestration together with what lets it start over: it is sent until it works.
    private async Task EndAsync(string instanceId, CancellationToken cancellationToken)
    {
        do
        {
            await RequestTerminationAsync(instanceId, cancellationToken);
        }
        while (!await HasEndedWithinAsync(TerminationRepeat, instanceId, cancellationToken));
    }

    private async Task RequestTerminationAsync(string instanceId, CancellationToken cancellationToken)
    {
        try
        {
            await client.TerminateInstanceAsync(instanceId, cancellation: cancellationToken);
        }
        catch (RpcException)
        {
            // A Functions host refuses to end what has ended meanwhile, and does not say that this was why.
            if (await client.GetInstanceAsync(instanceId, cancellationToken) is { IsCompleted: false })
                throw;
        }
    }

    private async Task<bool> HasEndedWithinAsync(TimeSpan time, string instanceId, CancellationToken cancellationToken)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        wait.CancelAfter(time);
        try
        {
            await client.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs: false, wait.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    // What the orchestration itself did not get to: it was terminated, could not store the outcome or go on under an updated app, or is gone.
    private async Task<MeasurementDocument> ConcludeAsync(
        MeasurementDocument stored, OrchestrationMetadata? instance, CancellationToken cancellationToken)
    {
        string? error = instance switch
        {
            null => "this app's task hub has no orchestration of it: was its name or backend changed, or its history purged? What was measured before is kept",
            { RuntimeStatus: OrchestrationRuntimeStatus.Failed } => instance.FailureDetails?.ErrorMessage ?? FailureIn(instance.SerializedOutput),
            _ => null,
        };
        int rounds = await results.CountRoundsAsync(stored.Id, cancellationToken);
        ExperimentProgress progress = instance is not null && Progress(instance) is { } seen && seen.RunsDone > stored.Progress.RunsDone ? seen : stored.Progress;
        await results.ConcludeAsync(
            new Conclusion(
                stored with
                {
                    Status = error is null ? ExperimentStatus.Cancelled : ExperimentStatus.Failed,
                    Error = error,
                    Progress = progress,
                },
                rounds),
            cancellationToken);
        return await store.FindAsync(stored.Id, cancellationToken) ?? stored;
    }
}
