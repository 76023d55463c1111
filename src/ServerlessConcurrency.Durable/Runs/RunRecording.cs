using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Durable.Runs;

/// <summary>The input of <see cref="RecordTimings"/>: attempts of a measured run, and its totals once it is complete.</summary>
public sealed record RunRecording
{
    public required RunOrder Order { get; init; }

    /// <summary>The experiment and the run's place in its plan; null where whoever started the run keeps that.</summary>
    public RunRequest? Request { get; init; }

    /// <summary>The first task that no recording before this one is about.</summary>
    public int FirstTask { get; init; }

    /// <summary>When the run began, by <see cref="Core.Measurement.UtcClock"/>, less the time for which its clock stood still.</summary>
    public required long BeganTicks { get; init; }

    public required IReadOnlyList<TaskAttempt> Attempts { get; init; }

    /// <summary>The files of the experiment that hold further attempts.</summary>
    public IReadOnlyList<string> AttemptFiles { get; init; } = [];

    /// <summary>The first task of each generation whose attempts were recorded before.</summary>
    public IReadOnlyList<int> Generations { get; init; } = [];

    /// <summary>The run's totals; null while it is not complete.</summary>
    public RunTotals? Totals { get; init; }
}
