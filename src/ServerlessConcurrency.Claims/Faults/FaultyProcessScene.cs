using System.Text.Json;
using ServerlessConcurrency.Claims.Children;
using ServerlessConcurrency.Core.Workloads;
using ServerlessConcurrency.Workers.Hosting;
using ServerlessConcurrency.Workers.Pool;

namespace ServerlessConcurrency.Claims.Faults;

/// <summary>A worker of a <see cref="ProcessPool"/> whose tasks may bring it down. Its argument is the folder of their files.</summary>
internal sealed class FaultyProcessScene : IChildScene
{
    public const string SceneName = "faulty-process";

    public string Name => SceneName;

    public Task PlayAsync(WorkerSession session, JsonElement arguments)
    {
        string folder = arguments.GetString()!;
        return ProcessPool.ServeAsync(
            session, new WorkloadCatalog(Enum.GetValues<FaultKind>().Select(kind => new FaultyWorkload(kind, folder))));
    }
}
