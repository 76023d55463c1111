using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Claims.Locks;

/// <summary>Workers that incremented one counter, all at once.</summary>
/// <param name="Way">How they incremented it, e.g. <c>lock</c>.</param>
/// <param name="Counted">What the counter said in the end, having begun at 0.</param>
internal sealed record CounterTrial(string Scope, string Way, int Workers, long Increments, long Counted, double Seconds)
{
    public const string Threads = ThreadsModel.ModelId;

    public static string Processes => KnownModels.Processes.Id;

    public const string NoLock = "no lock";

    public bool HasLost => Counted != Increments;

    /// <summary>The share of increments that were lost, in percent.</summary>
    public double LostPercent => 100.0 * (Increments - Counted) / Increments;

    /// <summary>The wall time divided by all increments, in ns.</summary>
    public double NanosecondsEach => 1e9 * Seconds / Increments;
}
