using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Processes;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Workers.Isolation;

/// <summary>Finds out what a spec leaves open of users' workloads, in a child process each, before the plan is made.</summary>
public sealed class WorkloadInspector(WorkerLaunch launch, WorkloadEnvironment environment)
{
    private const string RunId = "inspection";
    private static readonly TimeSpan LongestPatience = TimeSpan.FromSeconds(60);

    /// <returns>The spec, with what was found; a workload that cannot be executed is left as it is: its runs tell why.</returns>
    /// <exception cref="WorkerStartException">A child process could not be started.</exception>
    public async Task<ExperimentSpec> CompleteAsync(ExperimentSpec spec, WorkloadCatalog workloads, CancellationToken cancellationToken)
    {
        var completed = new List<WorkloadSpec>();
        foreach (WorkloadSpec workload in spec.Workloads)
        {
            Workload known = workloads.Get(workload.Kind);
            completed.Add(known.IsOwnCode ? await CompleteAsync(spec, workload, known, cancellationToken) : workload);
        }

        return spec with { Workloads = completed };
    }

    private async Task<WorkloadSpec> CompleteAsync(ExperimentSpec spec, WorkloadSpec workload, Workload known, CancellationToken cancellationToken)
    {
        TaskResults? results = known.HasChecksum ? workload.Results : TaskResults.None;
        if ((known.IsNatureKnown || workload.Nature is not null) && results is not null)
            return workload with { Nature = workload.Nature ?? known.Nature, Results = results };
        WorkloadInspection? found = await InspectAsync(spec, workload, cancellationToken);
        return workload with
        {
            Nature = workload.Nature ?? (known.IsNatureKnown ? null : found?.Nature) ?? known.Nature,
            Results = results ?? (found?.IsDeterministic == false ? TaskResults.NotDeterministic : TaskResults.Compared),
        };
    }

    private async Task<WorkloadInspection?> InspectAsync(ExperimentSpec spec, WorkloadSpec workload, CancellationToken cancellationToken)
    {
        var order = new RunOrder
        {
            ExperimentId = RunId,
            RunId = RunId,
            Model = RunId,
            Workload = workload.Kind,
            Size = workload.Size,
            Items = workload.Items,
            Tasks = 1,
            Degree = 1,
            Seed = spec.Seed,
            TaskTimeout = TimeSpan.FromSeconds(spec.TaskTimeoutSeconds),
        };
        await using var process = new IsolatedProcess(launch, environment);
        await process.StartAsync(cancellationToken);
        WorkloadInspection? found = await process.AskAsync(
            IsolatedFrame.Inspect,
            order,
            order.TaskTimeout < LongestPatience ? order.TaskTimeout + order.TaskTimeout : LongestPatience,
            worker => worker.Read(out Frame frame) && frame.Kind == IsolatedFrame.Inspected ? frame.ReadJson<WorkloadInspection>() : null,
            cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return found;
    }
}
