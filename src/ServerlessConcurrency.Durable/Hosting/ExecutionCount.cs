using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Durable.Hosting;

/// <summary>How many activities of each run a process has executed to their end. Safe for all threads.</summary>
internal sealed class ExecutionCount
{
    /// <summary>Of more runs than these nothing is known any more; what is forgotten is taken for executed once.</summary>
    internal const int MostRuns = 1_024;

    private readonly Dictionary<(string ExperimentId, string RunId), int> _byRun = [];
    private readonly Lock _lock = new();

    /// <returns>How many of the run there are now.</returns>
    public int Add(RunOrder share)
    {
        lock (_lock)
        {
            (string, string) run = (share.ExperimentId, share.RunId);
            int count = _byRun.GetValueOrDefault(run) + 1;
            if (count == 1 && _byRun.Count >= MostRuns)
                _byRun.Clear();
            return _byRun[run] = count;
        }
    }
}
