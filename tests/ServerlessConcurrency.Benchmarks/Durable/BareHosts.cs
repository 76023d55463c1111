using System.Globalization;
using DurableTask.Core;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Durable.Hub;
using ServerlessConcurrency.Storage.Accounts;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Benchmarks.Durable;

/// <summary>Host processes of a bare fan-out, and their task hub.</summary>
internal sealed class BareHosts : IAsyncDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    private readonly TaskHub _hub;
    private readonly WorkerProcess[] _hosts;
    private int _runs;

    private BareHosts(TaskHub hub, WorkerProcess[] hosts) => (_hub, _hosts) = (hub, hosts);

    public static async Task<BareHosts> StartAsync(StorageAccount account, WorkloadEnvironment environment, int hosts)
    {
        var hub = new TaskHub(account, TaskHubName.Create("", DateTimeOffset.UtcNow));
        await hub.CreateAsync();
        return new BareHosts(hub, [.. Enumerable.Range(0, hosts).Select(_ => WorkerProcess.Start(
            WorkerLaunch.Self(), new BareHostRole().Name, environment, new HubSettings(hub.Name)))]);
    }

    /// <summary>Fans out.</summary>
    /// <returns>How long it took, in seconds, as the orchestration sees it.</returns>
    public async Task<double> RunAsync(BareRun run)
    {
        string id = FormattableString.Invariant($"bare-{++_runs}");
        await _hub.StartAsync(BareHostRole.FanOut, id, run);
        while (true)
        {
            await Task.Delay(PollInterval);
            OrchestrationState? state = (await _hub.Service.GetOrchestrationStateAsync(id, allExecutions: false)).FirstOrDefault();
            if (state?.OrchestrationStatus == OrchestrationStatus.Completed)
                return double.Parse(state.Output, CultureInfo.InvariantCulture) / 1000;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (WorkerProcess host in _hosts)
            host.Dispose();
        await _hub.DeleteAsync(CancellationToken.None);
    }
}
