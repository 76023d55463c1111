using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Engine;

/// <summary>What is left of an experiment that was interrupted.</summary>
/// <param name="document">The experiment with the runs that were stored, in the order in which they ran.</param>
/// <param name="timings">Their rows, in the same order.</param>
public sealed class InterruptedExperiment(ExperimentDocument document, IAsyncEnumerable<RunTimings> timings) : IAsyncDisposable
{
    private readonly HashSet<string> _runs = [.. document.Runs.Select(run => run.RunId)];
    private IAsyncEnumerator<RunTimings>? _rows;

    public ExperimentDocument Document => document;

    /// <summary>Takes a run of the plan; the runs of a plan are asked for in its order.</summary>
    /// <returns>The run as it was measured, not yet compared with the baseline; null where it is not left, or its rows are not.</returns>
    internal async Task<RunTimings?> TakeAsync(string runId, CancellationToken cancellationToken)
    {
        if (!_runs.Contains(runId))
            return null;
        _rows ??= timings.GetAsyncEnumerator(cancellationToken);
        // Rows of runs that no plan has any more are passed over.
        while (await _rows.MoveNextAsync())
            if (_rows.Current.Run.RunId == runId)
                return _rows.Current with { Run = BaselineComparison.Unjudge(_rows.Current.Run) };
        return null;
    }

    public ValueTask DisposeAsync() => _rows?.DisposeAsync() ?? default;
}
