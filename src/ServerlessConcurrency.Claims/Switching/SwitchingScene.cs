using System.Text.Json;
using ServerlessConcurrency.Claims.Children;
using ServerlessConcurrency.Workers.Hosting;

namespace ServerlessConcurrency.Claims.Switching;

/// <summary>
/// The first player: plays blocks of every kind in turn, with a thread of its own process and with another process, and sends
/// <see cref="SwitchingBlocks"/>. A process of its own, so that nothing else runs in it.
/// </summary>
internal sealed class SwitchingScene : IChildScene
{
    public const string SceneName = "switching";

    public string Name => SceneName;

    public async Task PlayAsync(WorkerSession session, JsonElement arguments)
    {
        SwitchingOrder order = arguments.Deserialize<SwitchingOrder>(JsonSerializerOptions.Web)!;
        using var threads = new ThreadPlayer(order.Folder);
        using ProcessPlayer? process = order.OtherProcess ? await ProcessPlayer.StartAsync(order, session.Environment) : null;
        ISecondPlayer processes = process is null ? threads : process;
        List<SwitchingBlock> blocks = [];
        for (int round = 0; round < order.PinnedRounds; round++)
            blocks.AddRange(PlayRound(order, threads, processes, round, pinned: true));
        for (int round = 0; round < order.FreeRounds; round++)
            blocks.AddRange(PlayRound(order, threads, processes, round, pinned: false));
        ClaimChild.Send(session.Writer, new SwitchingBlocks(blocks));
    }

    // Every other round goes backwards: what changes steadily meanwhile changes nothing between the kinds.
    private static IEnumerable<SwitchingBlock> PlayRound(
        SwitchingOrder order, ThreadPlayer threads, ISecondPlayer processes, int round, bool pinned)
    {
        List<(string Kind, Func<(TimeSpan Elapsed, SwitchCount Switches)> Play)> kinds =
        [
            (SwitchingKinds.ThreadsPipe, () => Play(threads, threads.Pipe)),
            (SwitchingKinds.ProcessesPipe, () => Play(processes, processes.Pipe)),
        ];
        if (threads.Memory is { } own && processes.Memory is { } shared)
        {
            kinds.Add((SwitchingKinds.ThreadsMemory, () => Play(threads, own)));
            kinds.Add((SwitchingKinds.ProcessesMemory, () => Play(processes, shared)));
        }

        if (!pinned || round % SwitchingOrder.RoundsWithFigures == 0)
        {
            kinds.Add((SwitchingKinds.Tasks, () => TaskPingPong.Play(order.RoundTrips, pinned)));
            kinds.Add((SwitchingKinds.ThreadsUsual, () => Play(threads, threads.Usual)));
        }

        if (int.IsOddInteger(round))
            kinds.Reverse();
        return kinds.Select(kind => ToBlock(kind.Kind, kind.Play()));

        (TimeSpan Elapsed, SwitchCount Switches) Play(ISecondPlayer second, ITokenLink link)
        {
            second.Begin(link, order.RoundTrips, pinned);
            (TimeSpan elapsed, SwitchCount switches) = TokenPlayer.Serve(link, order.RoundTrips, pinned);
            return (elapsed, switches + second.End());
        }

        SwitchingBlock ToBlock(string kind, (TimeSpan Elapsed, SwitchCount Switches) played) => new(
            kind,
            pinned,
            round,
            played.Elapsed.TotalNanoseconds / order.RoundTrips,
            SwitchCount.IsSupported ? (double)played.Switches.Voluntary / order.RoundTrips : null,
            SwitchCount.IsSupported ? (double)played.Switches.Involuntary / order.RoundTrips : null);
    }
}
