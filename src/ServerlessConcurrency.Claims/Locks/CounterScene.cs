using System.Text.Json;
using ServerlessConcurrency.Claims.Children;
using ServerlessConcurrency.Workers.Hosting;
using ServerlessConcurrency.Workers.Protocol;

namespace ServerlessConcurrency.Claims.Locks;

/// <summary>A process that increments a counter in shared memory: takes an <see cref="Order"/>, and answers with a <see cref="CounterSpan"/>.</summary>
internal sealed class CounterScene : IChildScene
{
    public const string SceneName = "shared-counter";

    public string Name => SceneName;

    public Task PlayAsync(WorkerSession session, JsonElement arguments)
    {
        Place place = arguments.Deserialize<Place>(JsonSerializerOptions.Web)!;
        using var counter = new SharedMemoryCounter(place.CounterFile);
        using var incrementer = new Incrementer(place.Locks);
        while (session.Reader.Read(out Frame frame))
        {
            Order order = frame.ReadJson<Order>();
            counter.Meet(order.Workers);
            ClaimChild.Send(session.Writer, CountingInTurns.Run(
                count => incrementer.Run(order.Way, ref counter.Value, count), counter.Board, order.Index, order.Workers));
        }

        return Task.CompletedTask;
    }

    /// <summary>Where counter and locks are.</summary>
    internal sealed record Place(string CounterFile, LockNames Locks);

    /// <summary>What to do.</summary>
    /// <param name="Index">Which of them this one is, from 0.</param>
    internal sealed record Order(IncrementWay Way, int Workers, int Index);
}
