using System.Diagnostics;

namespace ServerlessConcurrency.Claims.Locks;

/// <summary>
/// Counts until the conditions are met under which increments are lost without a lock. They are the same for every way, so that one
/// whose lock does nothing would lose as many as the one without: some time has passed, and each worker has found more than once that
/// others had counted in the meantime, however long that takes on a busy machine. A fixed number of increments would not do: a way that
/// is slow with its lock would be through, without it, before anybody else was let in.
/// </summary>
internal static class CountingInTurns
{
    // Two turns of each worker are at least four changes of hands; one in the middle of an increment is enough to lose some.
    private const int LeastTurns = 2;

    // Between two looks at the clock and at the others.
    private const int Batch = 100;

    // A worker's cells lie apart from the others', lest those who look disturb those who count.
    private const int Stride = 16;
    private const int TurnsCell = 1;

    // Eight switch intervals of CPython's interpreter lock, whose script has the same conditions; some ten slices of a scheduler.
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(40);

    // One worker alone has nobody to race with: what it costs is known sooner.
    private static readonly TimeSpan LeastAlone = TimeSpan.FromMilliseconds(10);

    /// <summary>How long workers try to take turns at most.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    /// <summary>How many cells the board needs on which workers see how far the others are; all 0 at first.</summary>
    public static int BoardLength(int workers) => workers * Stride;

    /// <summary>Counts as one of the workers. Blocks.</summary>
    /// <param name="index">Which of the workers this is, from 0.</param>
    public static Stint Run(Action<int> increment, Span<long> board, int index, int workers)
    {
        TimeSpan least = workers > 1 ? Least : LeastAlone;
        ref long made = ref board[index * Stride];
        ref long turns = ref board[(index * Stride) + TurnsCell];
        long seen = MadeByOthers(board, index, workers);
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            increment(Batch);
            Volatile.Write(ref made, made + Batch);
            long ended = Stopwatch.GetTimestamp();
            long others = MadeByOthers(board, index, workers);
            if (others != seen)
                Volatile.Write(ref turns, turns + 1);
            seen = others;
            TimeSpan passed = Stopwatch.GetElapsedTime(began, ended);
            bool inTurns = workers == 1 || HaveTakenTurns(board, workers);
            if ((inTurns && passed >= least) || passed > Patience)
                return new Stint(made, began, ended, inTurns);
        }
    }

    private static long MadeByOthers(Span<long> board, int index, int workers)
    {
        long made = 0;
        for (int other = 0; other < workers; other++)
        {
            if (other != index)
                made += Volatile.Read(ref board[other * Stride]);
        }

        return made;
    }

    // All of them, as those who end have nobody left to take turns with.
    private static bool HaveTakenTurns(Span<long> board, int workers)
    {
        for (int worker = 0; worker < workers; worker++)
        {
            if (Volatile.Read(ref board[(worker * Stride) + TurnsCell]) < LeastTurns)
                return false;
        }

        return true;
    }

    /// <summary>What one worker did; times are in ticks of the clock that all processes share.</summary>
    /// <param name="Began">When its first increment began.</param>
    /// <param name="Ended">When its last one ended.</param>
    /// <param name="InTurns">Whether all workers took turns before the patience ended.</param>
    internal sealed record Stint(long Increments, long Began, long Ended, bool InTurns);
}
