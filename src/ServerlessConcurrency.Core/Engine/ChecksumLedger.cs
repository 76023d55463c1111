using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Engine;

/// <summary>
/// Compares what every run computed with the baseline's checksums, task by task. The baseline is the first run of
/// <c>sequential</c> in which every task succeeded, or of the first such run of any model where the spec leaves it out; runs
/// that come earlier are compared as soon as it is known.
/// </summary>
/// <param name="hasSequential">Whether the spec has the model <c>sequential</c>.</param>
internal sealed class ChecksumLedger(bool hasSequential)
{
    private readonly Dictionary<(string Kind, long Size), ulong[]> _baselines = [];
    private readonly List<(PlannedRun Run, ulong[] Checksums, bool[] Counted)> _waiting = [];

    /// <returns>The runs that can be judged by now, each with how many of its tasks differ from the baseline.</returns>
    public IReadOnlyList<(PlannedRun Run, int Differing)> Compare(PlannedRun run, TaskRecorder recorder)
    {
        if (!run.Workload.IsCompared)
            return [];
        (string, long) key = (run.Workload.Kind, run.Workload.Size);
        ulong[] checksums = recorder.Checksums();
        bool mayBeBaseline = !hasSequential || run.Model == SequentialModel.ModelId;
        if (mayBeBaseline && recorder.Remaining == 0)
            _baselines.TryAdd(key, checksums);
        bool[] counted = [.. Enumerable.Range(0, recorder.Tasks).Select(recorder.IsCounted)];
        _waiting.Add((run, checksums, counted));
        if (!_baselines.TryGetValue(key, out ulong[]? baseline))
            return [];

        var judged = new List<(PlannedRun, int)>();
        foreach ((PlannedRun waiting, ulong[] computed, bool[] succeeded) in _waiting)
        {
            if (waiting.Workload != run.Workload)
                continue;
            int differing = Enumerable.Range(0, computed.Length).Count(task => succeeded[task] && computed[task] != baseline[task]);
            judged.Add((waiting, differing));
        }

        _waiting.RemoveAll(entry => entry.Run.Workload == run.Workload);
        return judged;
    }
}
