using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Workers.Hosting;

namespace ServerlessConcurrency.Claims;

/// <summary>The role of the child processes of claims, for a program's hidden command <c>worker</c>.</summary>
public sealed class ClaimRole : IWorkerRole
{
    public string Name => ClaimChild.RoleName;

    public Task RunAsync(WorkerSession session)
    {
        ChildScene.StartOrder order = session.Settings<ChildScene.StartOrder>();
        ChildScene scene = ClaimRegistry.All.SelectMany(claim => claim.Scenes).FirstOrDefault(scene => scene.Name == order.Scene)
            ?? throw new InvalidDataException($"no claim has a scene '{order.Scene}'");
        return scene.PlayAsync(session, order.Arguments);
    }
}
