using ServerlessConcurrency.Workers.Hosting;

namespace ServerlessConcurrency.Workers.TestHost.Roles;

/// <summary>Computes for ever and never looks at its pipes.</summary>
internal sealed class SpinRole : IWorkerRole
{
    public string Name => "spin";

    public Task RunAsync(WorkerSession session)
    {
        ulong value = 1;
        while (value != 0)
            value = (value * 6364136223846793005) | 1;
        return Task.CompletedTask;
    }
}
