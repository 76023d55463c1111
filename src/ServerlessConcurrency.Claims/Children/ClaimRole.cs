using ServerlessConcurrency.Claims.Faults;
using ServerlessConcurrency.Claims.InterpreterLock;
using ServerlessConcurrency.Claims.Locks;
using ServerlessConcurrency.Claims.Sharing;
using ServerlessConcurrency.Claims.Switching;
using ServerlessConcurrency.Claims.Waiting;
using ServerlessConcurrency.Workers.Hosting;

namespace ServerlessConcurrency.Claims.Children;

/// <summary>The role of the child processes of claims, for a program's hidden command <c>worker</c>.</summary>
public sealed class ClaimRole : IWorkerRole
{
    /// <summary>The role's name.</summary>
    public const string RoleName = "claim";

    /// <summary>Every scene. A new one is a class beside its claim and a line here.</summary>
    private static readonly IChildScene[] Scenes =
    [
        new ShareScene(),
        new FaultyProcessScene(),
        new FaultyThreadsScene(),
        new CounterScene(),
        new QueuePartnerScene(),
        new SharingScene(),
        new SharingPartnerScene(),
        new SwitchingScene(),
        new SwitchingPartnerScene(),
        new WaitingScene(),
    ];

    public string Name => RoleName;

    public Task RunAsync(WorkerSession session)
    {
        SceneOrder order = session.Settings<SceneOrder>();
        IChildScene scene = Array.Find(Scenes, scene => scene.Name == order.Scene)
            ?? throw new InvalidDataException($"unknown scene '{order.Scene}'");
        return scene.PlayAsync(session, order.Arguments);
    }
}
