using DurableTask.AzureStorage;
using DurableTask.Core;
using DurableTask.Core.History;
using Microsoft.DurableTask.Converters;
using ServerlessConcurrency.Durable.FanOut;
using ServerlessConcurrency.Storage.Accounts;

namespace ServerlessConcurrency.Durable.Hub;

/// <summary>A task hub of the local engine: the queues, tables and containers that its host processes share.</summary>
internal sealed class TaskHub
{
    // What a dead host held is taken over after these; the framework renews both long before. The Functions extension refuses less than a minute.
    private static readonly TimeSpan Visibility = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LeaseRenewal = TimeSpan.FromSeconds(4);

    private readonly StorageAccount _account;

    public TaskHub(StorageAccount account, string name, RunGate? gate = null, TimeSpan? visibility = null)
    {
        _account = account;
        Name = name;
        Service = new AzureStorageOrchestrationService(new AzureStorageOrchestrationServiceSettings
        {
            TaskHubName = name,
            StorageAccountClientProvider = HubClients.Of(account, gate),
            WorkerId = Core.Runs.HostIdentity.Current.Id,
            AppName = name,
            UseAppLease = false,
            PartitionCount = HostJson.Partitions,
            ControlQueueBatchSize = HostJson.ControlQueueBatch,
            ControlQueueBufferThreshold = HostJson.ControlQueueBuffer,
            MaxQueuePollingInterval = HostJson.LongestPollingInterval,
            MaxConcurrentTaskActivityWorkItems = HostJson.ActivitiesAtOnce,
            MaxConcurrentTaskOrchestrationWorkItems = HostJson.OrchestrationsAtOnce,
            ControlQueueVisibilityTimeout = visibility ?? Visibility,
            WorkItemQueueVisibilityTimeout = visibility ?? Visibility,
            LeaseInterval = Lease,
            LeaseRenewInterval = LeaseRenewal,
            LeaseAcquireInterval = LeaseRenewal,
        });
    }

    public string Name { get; }

    public AzureStorageOrchestrationService Service { get; }

    public Task CreateAsync() => Service.CreateIfNotExistsAsync();

    public Task DeleteAsync(CancellationToken cancellationToken) => TaskHubCleanup.DeleteAsync(_account, Name, cancellationToken);

    /// <summary>Schedules the orchestration of a run; its id is the run's.</summary>
    public Task StartAsync(FanOutState state) => StartAsync(nameof(FanOutOrchestrator), state.Order.RunId, state);

    internal Task StartAsync(string orchestrator, string id, object input)
    {
        var instance = new OrchestrationInstance { InstanceId = id, ExecutionId = Guid.NewGuid().ToString("N") };
        return Service.CreateTaskOrchestrationAsync(new TaskMessage
        {
            OrchestrationInstance = instance,
            Event = new ExecutionStartedEvent(-1, JsonDataConverter.Default.Serialize(input))
            {
                Name = orchestrator,
                Version = "",
                OrchestrationInstance = instance,
            },
        });
    }

    /// <summary>What has become of an orchestration.</summary>
    /// <returns>Null while it is under way, or how it ended.</returns>
    public async Task<string?> FindEndAsync(string runId)
    {
        OrchestrationState? state = (await Service.GetOrchestrationStateAsync(runId, allExecutions: false)).FirstOrDefault();
        return state?.OrchestrationStatus is null or OrchestrationStatus.Pending or OrchestrationStatus.Running or OrchestrationStatus.ContinuedAsNew
            ? null
            : $"{state.OrchestrationStatus}: {state.FailureDetails?.ErrorMessage ?? state.Output}";
    }
}
