using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Pool;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Workers.Isolation;

/// <summary>The models of both engines that need no storage: those that work inside one process, and child processes fed over pipes.</summary>
public static class InFunctionModels
{
    /// <param name="launch">How child processes are started.</param>
    /// <param name="environment">What the workloads of child processes talk to.</param>
    /// <returns>One of each, the baseline first.</returns>
    public static IReadOnlyList<ConcurrencyModel> Create(WorkerLaunch launch, WorkloadEnvironment environment)
    {
        var process = new IsolatedProcess(launch, environment);
        return [.. BuiltInModels.Create().Select(model => new IsolatedModel(model, process)), new ProcessesModel(launch, environment)];
    }
}
