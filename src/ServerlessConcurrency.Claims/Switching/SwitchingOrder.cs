using ServerlessConcurrency.Workers.Processes;

namespace ServerlessConcurrency.Claims.Switching;

/// <summary>How much to play.</summary>
/// <param name="PinnedRounds">The rounds on one processor; 0 for none.</param>
/// <param name="OtherProcess">
/// Whether the second player of the kinds that say so is a process of its own; else, for tests, a thread that shares memory with the first.
/// </param>
internal sealed record SwitchingOrder(
    WorkerLaunch Launch, string Folder, int RoundTrips, int PinnedRounds, int FreeRounds, bool OtherProcess)
{
    /// <summary>
    /// Every so many rounds on one processor have the kinds that decide nothing, too: they take longer than those that do. Odd, so
    /// that these rounds go forwards and backwards in turn like all others.
    /// </summary>
    public const int RoundsWithFigures = 5;
}
