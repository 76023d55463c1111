using ServerlessConcurrency.Claims.Contracts;
using ServerlessConcurrency.Workers.Hosting;
using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Claims.Switching;

/// <summary>
/// The first player: plays blocks of every kind in turn, with a thread of its own process and with another process, and sends a list of
/// <see cref="SwitchingBlock"/>. A process of its own, so that nothing else runs in it.
/// </summary>
internal sealed class SwitchingScene : ChildScene<SwitchingScene.Order>
{
    // Every so many rounds on one processor have the kinds that decide nothing, too: they take longer than those that do. Odd, so that
    // these rounds go forwards and backwards in turn like all others.
    private const int RoundsWithFigures = 5;

    protected override async Task PlayAsync(Order order, WorkerSession session, Messages parent)
    {
        using var threads = new ThreadPlayer(order.Folder);
        using ProcessPlayer? process = order.OtherProcess ? await ProcessPlayer.StartAsync(order, session.Environment) : null;
        SecondPlayer processes = process is null ? threads : process;
        List<SwitchingBlock> blocks = [];
        for (int round = 0; round < order.PinnedRounds; round++)
            blocks.AddRange(PlayRound(order.RoundTrips, threads, processes, round, pinned: true));
        for (int round = 0; round < order.FreeRounds; round++)
            blocks.AddRange(PlayRound(order.RoundTrips, threads, processes, round, pinned: false));
        parent.Send(blocks);
    }

    // Every other round goes backwards: what changes steadily meanwhile changes nothing between the kinds.
    private static IEnumerable<SwitchingBlock> PlayRound(
        int roundTrips, ThreadPlayer threads, SecondPlayer processes, int round, bool pinned)
    {
        List<(string Kind, Func<(TimeSpan Elapsed, SwitchCount Switches)> Play)> kinds =
        [
            (SwitchingBlock.ThreadsPipe, () => threads.Play(threads.Pipe, roundTrips, pinned)),
            (SwitchingBlock.ProcessesPipe, () => processes.Play(processes.Pipe, roundTrips, pinned)),
        ];
        if (threads.Memory is { } own && processes.Memory is { } shared)
        {
            kinds.Add((SwitchingBlock.ThreadsMemory, () => threads.Play(own, roundTrips, pinned)));
            kinds.Add((SwitchingBlock.ProcessesMemory, () => processes.Play(shared, roundTrips, pinned)));
        }

        if (!pinned || round % RoundsWithFigures == 0)
        {
            kinds.Add((SwitchingBlock.Tasks, () => PingPong.OfTasks(roundTrips, pinned)));
            kinds.Add((SwitchingBlock.ThreadsUsual, () => threads.Play(threads.Usual, roundTrips, pinned)));
        }

        if (int.IsOddInteger(round))
            kinds.Reverse();
        foreach ((string kind, Func<(TimeSpan Elapsed, SwitchCount Switches)> play) in kinds)
        {
            (TimeSpan elapsed, SwitchCount switches) = play();
            yield return new SwitchingBlock(
                kind,
                pinned,
                round,
                elapsed.TotalNanoseconds / roundTrips,
                SwitchCount.IsSupported ? (double)switches.Voluntary / roundTrips : null,
                SwitchCount.IsSupported ? (double)switches.Involuntary / roundTrips : null);
        }
    }

    /// <param name="Folder">Where the files of shared memory go.</param>
    /// <param name="RoundTrips">The round trips of a block.</param>
    /// <param name="PinnedRounds">The rounds on one processor; 0 for none.</param>
    /// <param name="FreeRounds">The rounds on all processors.</param>
    /// <param name="OtherProcess">
    /// Whether the second player of the kinds that say so is a process of its own; else, for tests, a thread that shares memory with the first.
    /// </param>
    internal sealed record Order(
        WorkerLaunch Launch, string Folder, int RoundTrips, int PinnedRounds, int FreeRounds, bool OtherProcess);
}
