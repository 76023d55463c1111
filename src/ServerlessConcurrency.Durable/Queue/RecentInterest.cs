using System.Collections.Concurrent;
using ServerlessConcurrency.Durable.Journal;

namespace ServerlessConcurrency.Durable.Queue;

/// <summary>
/// Whether an experiment is still wanted, looked up once in a while: so that messages of one that was cancelled or deleted are
/// dropped, and messages of one that is measured do not cost a look each.
/// </summary>
public sealed class RecentInterest(RunJournal journal)
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, (long At, bool IsWanted)> _known = new(StringComparer.Ordinal);

    /// <summary>Looks it up, unless that was done within 10 s.</summary>
    /// <returns>Whether its tasks are to be executed.</returns>
    public async ValueTask<bool> IsWantedAsync(string experimentId, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(experimentId, out (long At, bool IsWanted) known) && TimeProvider.System.GetElapsedTime(known.At) < GoodFor)
            return known.IsWanted;
        bool isWanted = await journal.IsWantedAsync(experimentId, cancellationToken);
        _known[experimentId] = (TimeProvider.System.GetTimestamp(), isWanted);
        return isWanted;
    }
}
