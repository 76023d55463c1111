using ServerlessConcurrency.Claims;
using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Claims.Python;
using ServerlessConcurrency.Claims.Runs;
using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Durable.Hosting;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Functions.Claims;

/// <summary>
/// Measures claims with what a worker process of the app has: its in-function models, child processes of itself, the storage account,
/// and a Python interpreter where the host has one.
/// </summary>
/// <param name="host">What the functions of this process share.</param>
public sealed class ClaimMeasurements(ActivityHost host, StorageAccount account)
{
    private readonly EnvironmentInfo _here = MachineInfo.Describe(EngineNames.AzureFunctions);

    // Once for the process. Its search has a time limit of its own, and who asked first may be cancelled while others wait.
    private readonly Lazy<Task<PythonSearchResult>> _python = new(static () => PythonInterpreter.FindAsync(null, CancellationToken.None));

    /// <summary>Measures one claim; nothing else is measured in this process meanwhile.</summary>
    /// <exception cref="OperationCanceledException">The measurement was cancelled.</exception>
    public async Task<ClaimResult> MeasureAsync(ClaimsDocument document, string id, CancellationToken cancellationToken)
    {
        Claim claim = ClaimRegistry.All.Single(known => known.Id == id);
        var runner = new ClaimsRunner(ClaimRegistry.All, await _python.Value, [], TimeProvider.System);
        return await host.UseAsync(
            (environment, models) => runner.MeasureAsync(
                claim,
                new ClaimContext
                {
                    Quick = document.Spec.Quick,
                    Seed = document.Spec.Seed,
                    Environment = _here,
                    Launch = WorkerLaunch.Self(),
                    Workloads = environment,
                    Models = new ModelRuns(host.Workloads, models, _here, TimeProvider.System),
                    Account = account,
                },
                cancellationToken),
            cancellationToken);
    }
}
