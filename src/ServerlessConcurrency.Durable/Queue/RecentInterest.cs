using System.Collections.Concurrent;
using ServerlessConcurrency.Durable.Journal;

namespace ServerlessConcurrency.Durable.Queue;

/// <summary>
/// Whether the results of a run are still wanted, looked up once in a while: so that messages of an experiment that was cancelled or deleted are
/// dropped, and those that come twice and after the end of their run, and messages of a run that is measured do not cost a look each.
/// </summary>
public sealed class RecentInterest(RunJournal journal)
{
    // More than are ever measured within the time for which an answer is good.
    private const int MostKnown = 1_024;

    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<(string ExperimentId, string RunId), (long At, bool IsWanted)> _known = new();

    /// <summary>Looks it up, unless that was done within 10 s.</summary>
    /// <returns>Whether the run's tasks are to be executed.</returns>
    public async ValueTask<bool> IsWantedAsync(string experimentId, string runId, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue((experimentId, runId), out (long At, bool IsWanted) known) && TimeProvider.System.GetElapsedTime(known.At) < GoodFor)
            return known.IsWanted;
        bool isWanted = await journal.IsWantedAsync(experimentId, cancellationToken) && !await journal.HasAsync(experimentId, runId, cancellationToken);
        if (_known.Count >= MostKnown)
            _known.Clear();
        _known[(experimentId, runId)] = (TimeProvider.System.GetTimestamp(), isWanted);
        return isWanted;
    }
}
