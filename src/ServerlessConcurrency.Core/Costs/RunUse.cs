using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Prices;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Costs;

/// <summary>What a run used, as Azure Functions would meter it.</summary>
public sealed record RunUse
{
    /// <summary>What a message of a queue-triggered function takes where requests are not counted: sent, received, deleted.</summary>
    public const int AssumedQueueRequestsPerMessage = 3;

    /// <summary>The row that each of these executions writes.</summary>
    public const int AssumedTableRequestsPerMessage = 1;

    public required double Tasks { get; init; }

    /// <summary>How often a function was executed, without orchestrators.</summary>
    public required double Executions { get; init; }

    /// <summary>How often an orchestrator was executed; each time it is replayed counts.</summary>
    public double OrchestratorExecutions { get; init; }

    /// <summary>How many instances executed functions.</summary>
    public required int Instances { get; init; }

    /// <summary>For how long instances executed functions, in ms, added up over the instances: what runs at once on one counts once.</summary>
    public required double InstanceMs { get; init; }

    /// <summary>For how long functions were executed, in ms, added up over the executions.</summary>
    public required double ExecutionMs { get; init; }

    /// <summary>The memory of one execution, in bytes; null where not known.</summary>
    public double? MemoryBytes { get; init; }

    public double QueueRequests { get; init; }

    public double TableRequests { get; init; }

    /// <summary>Requests that write blobs.</summary>
    public double BlobWrites { get; init; }

    /// <summary>Requests to blobs that neither write nor delete.</summary>
    public double BlobReads { get; init; }

    /// <summary>Actions of the Durable Task Scheduler; 0 where Durable Functions keeps its state elsewhere.</summary>
    public double SchedulerActions { get; init; }

    /// <summary>What so many runs use that follow one another without a pause.</summary>
    public RunUse Times(double runs) => this with
    {
        Tasks = runs * Tasks,
        Executions = runs * Executions,
        OrchestratorExecutions = runs * OrchestratorExecutions,
        InstanceMs = runs * InstanceMs,
        ExecutionMs = runs * ExecutionMs,
        QueueRequests = runs * QueueRequests,
        TableRequests = runs * TableRequests,
        BlobWrites = runs * BlobWrites,
        BlobReads = runs * BlobReads,
        SchedulerActions = runs * SchedulerActions,
    };

    /// <summary>
    /// Reads a run: an in-function model is one execution on one instance for the run's wall time; <c>queue</c> and <c>durable</c> are an
    /// execution for each attempt at a task, <c>durable-batch</c> one for each share, on the hosts that executed them for as long as each of
    /// them was in use, beside the orchestrator's executions, as measured, and what Durable Functions asks of its backend: requests to storage, as
    /// measured, or actions of the Durable Task Scheduler.
    /// </summary>
    /// <param name="run">A valid run.</param>
    /// <param name="durableBackend">One of <see cref="DurableBackends"/>; null: the storage account.</param>
    /// <returns>What it used; null where the run does not tell, or Durable Functions was not measured.</returns>
    public static RunUse? Of(RunResult run, PriceList prices, string? durableBackend = null) => KnownModels.Get(run.Model).Dispatch switch
    {
        TaskDispatch.QueueMessage => OfQueue(run),
        TaskDispatch.Activity => OfDurable(run, run.Tasks, run.Retried, prices, durableBackend),
        // A share is tried again only where its process died.
        TaskDispatch.ActivityBatch => OfDurable(run, Math.Min(run.Degree, run.Tasks), run.ProcessesLost, prices, durableBackend),
        _ => Counted(run, new RunUse
        {
            Tasks = run.Tasks,
            Executions = 1,
            Instances = 1,
            InstanceMs = run.WallMs,
            ExecutionMs = run.WallMs,
            MemoryBytes = run.PeakRssBytes,
        }),
    };

    private static RunUse? OfQueue(RunResult run)
    {
        if (OfHosts(run, run.Tasks + run.Retried) is not { } use)
            return null;
        return run.StorageRequests is null
            ? use with
            {
                QueueRequests = use.Executions * AssumedQueueRequestsPerMessage,
                TableRequests = use.Executions * AssumedTableRequestsPerMessage,
            }
            // The program that sends the messages is in the sum of peak sizes too, and is none of the hosts.
            : use with { MemoryBytes = (double?)run.PeakRssBytes / (run.Hosts + 1) };
    }

    private static RunUse? OfDurable(RunResult run, int tasks, int retries, PriceList prices, string? durableBackend)
    {
        int activities = tasks + retries;
        if (OfHosts(run, activities) is not { } use
            || prices.Find(PriceField.DurableExecutionsPerActivity) is not { } executionsPerActivity
            || prices.Find(PriceField.DurableExecutionsPerOrchestration) is not { } executions)
            return null;
        use = use with
        {
            // How long a share took is not told; with one activity at a time on a host, as is the default, it is when the host was in use.
            ExecutionMs = KnownModels.Get(run.Model).Dispatch == TaskDispatch.ActivityBatch ? use.InstanceMs : use.ExecutionMs,
            OrchestratorExecutions = executions + (activities * executionsPerActivity),
        };
        return durableBackend == DurableBackends.TaskScheduler
            ? use with { SchedulerActions = SchedulerCost.Actions(activities, timers: retries) }
            : run.CountsTaskHub ? use : WithTaskHub(use, activities, prices);
    }

    private static RunUse? WithTaskHub(RunUse use, int activities, PriceList prices) =>
        prices.Find(PriceField.DurableQueuesPerActivity) is { } queuesPerActivity
            && prices.Find(PriceField.DurableTablesPerActivity) is { } tablesPerActivity
            && prices.Find(PriceField.DurableQueuesPerOrchestration) is { } queues
            && prices.Find(PriceField.DurableTablesPerOrchestration) is { } tables
            ? use with
            {
                QueueRequests = use.QueueRequests + queues + (activities * queuesPerActivity),
                TableRequests = use.TableRequests + tables + (activities * tablesPerActivity),
            }
            : null;

    private static RunUse? OfHosts(RunResult run, int executions) => run.TaskTimes is not { } times || run.Hosts == 0
        ? null
        : Counted(run, new RunUse
        {
            Tasks = run.Tasks,
            Executions = executions,
            Instances = run.Hosts,
            InstanceMs = times.HostMs,
            ExecutionMs = times.TotalExecutionMs,
            MemoryBytes = (double?)run.PeakRssBytes / run.Hosts,
        });

    private static RunUse Counted(RunResult run, RunUse use) => run.StorageRequests is not { } requests
        ? use
        : use with
        {
            QueueRequests = requests.Queues,
            TableRequests = requests.Tables,
            BlobWrites = requests.BlobWrites,
            BlobReads = requests.Blobs - requests.BlobWrites - requests.BlobDeletes,
        };
}
