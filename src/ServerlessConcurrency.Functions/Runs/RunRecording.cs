using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Functions.Runs;

/// <summary>The input of <see cref="RecordTimings"/>: attempts of a measured run, and its totals once it is complete.</summary>
public sealed record RunRecording
{
    /// <summary>The experiment, without its runs.</summary>
    public required ExperimentDocument Document { get; init; }

    public required PlannedRun Run { get; init; }

    /// <summary>When the run began, by <see cref="Core.Measurement.UtcClock"/>, less the time for which its clock stood still.</summary>
    public required long BeganTicks { get; init; }

    public required IReadOnlyList<TaskAttempt> Attempts { get; init; }

    /// <summary>The files of the experiment that hold further attempts.</summary>
    public IReadOnlyList<string> AttemptFiles { get; init; } = [];

    /// <summary>Whether these are all attempts of the run, so that none was recorded before.</summary>
    public bool IsWhole { get; init; }

    /// <summary>The run's totals; null while it is not complete.</summary>
    public RunTotals? Totals { get; init; }
}
