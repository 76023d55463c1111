using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Workers.Pool;

/// <summary>
/// Child processes of this program, fed over pipes, each with one thread that executes tasks with blocking calls. The
/// processes are started before the first run and kept for the whole experiment; starting them is not measured, replacing one
/// that dies is. With <see cref="RunOrder.ColdStart"/> every run starts its own, which is measured.
/// </summary>
public sealed class ProcessesModel(WorkerLaunch launch, WorkloadEnvironment environment) : ConcurrencyModel
{
    private ProcessPool _pool = new(launch, environment);

    public override ModelTraits Traits => KnownModels.Processes;

    public override bool IsolatesOwnCode => true;

    public override async ValueTask PrepareAsync(RunContext run)
    {
        if (run.Order.ColdStart)
        {
            await _pool.DisposeAsync();
            _pool = new ProcessPool(launch, environment);
        }
        else
        {
            await BeginAsync(run);
        }
    }

    public override async Task ExecuteAsync(RunContext run)
    {
        if (run.Order.ColdStart)
            await BeginAsync(run);
        await _pool.RunAsync(run);
    }

    public override async ValueTask<IReadOnlyList<ResourceUsage>> CompleteAsync(RunContext run) => await _pool.EndAsync(run.Facts);

    public override async ValueTask DisposeAsync()
    {
        await _pool.DisposeAsync();
        await base.DisposeAsync();
    }

    private Task BeginAsync(RunContext run) => _pool.BeginAsync(run.Order, run.CancellationToken);
}
