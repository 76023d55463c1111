using Azure;
using Azure.Data.Tables;
using DurableTask.AzureStorage;
using DurableTask.Core;
using DurableTask.Core.History;
using Microsoft.DurableTask.Converters;
using ServerlessConcurrency.Core.Documents;
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
    private static readonly TimeSpan Balancing = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BalancingPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly StorageAccount _account;

    public TaskHub(StorageAccount account, string name)
        : this(account, new HubSettings(name))
    {
    }

    public TaskHub(StorageAccount account, HubSettings settings, RunGate? gate = null)
    {
        string name = settings.TaskHub;
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
            MaxQueuePollingInterval = settings.LongestPollingInterval ?? HostJson.LongestPollingInterval,
            MaxConcurrentTaskActivityWorkItems = HostJson.ActivitiesAtOnce,
            MaxConcurrentTaskOrchestrationWorkItems = HostJson.OrchestrationsAtOnce,
            ControlQueueVisibilityTimeout = settings.Visibility ?? Visibility,
            WorkItemQueueVisibilityTimeout = settings.Visibility ?? Visibility,
            LeaseInterval = Lease,
            LeaseRenewInterval = LeaseRenewal,
            LeaseAcquireInterval = Balancing,
        });
    }

    public string Name { get; }

    public AzureStorageOrchestrationService Service { get; }

    /// <exception cref="StorageUnavailableException">It could not be created.</exception>
    public Task CreateAsync() => TranslateAsync(Service.CreateIfNotExistsAsync());

    /// <summary>
    /// Waits until the hosts have divided the partitions among themselves: one that changes hands in mid-run keeps its messages waiting. Returns
    /// after a while in any case.
    /// </summary>
    /// <param name="hosts">The ids of the hosts that are there.</param>
    public async Task UntilBalancedAsync(IReadOnlyCollection<string> hosts, CancellationToken cancellationToken)
    {
        TableClient partitions = _account.Tables.GetTableClient($"{Name}Partitions");
        long began = TimeProvider.System.GetTimestamp();
        do
        {
            TableEntity[] leases = await partitions.QueryAsync<TableEntity>(cancellationToken: cancellationToken).ToArrayAsync(cancellationToken);
            if (IsBalanced(leases, hosts))
                return;
            await Task.Delay(Look, cancellationToken);
        }
        while (TimeProvider.System.GetElapsedTime(began) < BalancingPatience);
    }

    public Task DeleteAsync(CancellationToken cancellationToken) => TaskHubCleanup.DeleteAsync(_account, Name, cancellationToken);

    /// <summary>Schedules the orchestration of a run; its id is the run's.</summary>
    public Task StartAsync(FanOutState state) => StartAsync(nameof(FanOutOrchestrator), state.Order.RunId, state);

    /// <exception cref="StorageUnavailableException">The hub could not be reached, or is gone.</exception>
    internal Task StartAsync(string orchestrator, string id, object input)
    {
        var instance = new OrchestrationInstance { InstanceId = id, ExecutionId = Guid.NewGuid().ToString("N") };
        return TranslateAsync(Service.CreateTaskOrchestrationAsync(new TaskMessage
        {
            OrchestrationInstance = instance,
            Event = new ExecutionStartedEvent(-1, JsonDataConverter.Default.Serialize(input))
            {
                Name = orchestrator,
                Version = "",
                OrchestrationInstance = instance,
            },
        }));
    }

    /// <summary>What has become of an orchestration.</summary>
    /// <returns>Null while it is under way, or how it ended.</returns>
    /// <exception cref="StorageUnavailableException">The hub could not be reached, or is gone.</exception>
    public async Task<string?> FindEndAsync(string runId)
    {
        Task<IList<OrchestrationState>> states = Service.GetOrchestrationStateAsync(runId, allExecutions: false);
        await TranslateAsync(states);
        OrchestrationState? state = (await states).FirstOrDefault();
        return state?.OrchestrationStatus is null or OrchestrationStatus.Pending or OrchestrationStatus.Running or OrchestrationStatus.ContinuedAsNew
            ? null
            : $"{state.OrchestrationStatus}: {state.FailureDetails?.ErrorMessage ?? state.Output}";
    }

    private static bool IsBalanced(TableEntity[] leases, IReadOnlyCollection<string> hosts)
    {
        int[] owned = [.. hosts.Select(host => leases.Count(lease => lease.GetString("CurrentOwner") == host))];
        return leases.Length == HostJson.Partitions
            && owned.Sum() == leases.Length
            && owned.Max() - owned.Min() <= 1
            && leases.All(lease => string.IsNullOrEmpty(lease.GetString("NextOwner")) && lease.GetBoolean("IsDraining") is not true);
    }

    // The framework's own exception is not public; what it wraps tells what the storage said.
    private async Task TranslateAsync(Task request)
    {
        try
        {
            await request;
        }
        catch (Exception exception) when ((exception as RequestFailedException ?? exception.InnerException) is RequestFailedException refused)
        {
            throw new StorageUnavailableException(
                $"the task hub {Name} cannot be used: the storage answered {refused.Status} {refused.ErrorCode}. Was it removed meanwhile, by the command `clean` or by hand?", exception);
        }
    }
}
