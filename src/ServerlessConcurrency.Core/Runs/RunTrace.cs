namespace ServerlessConcurrency.Core.Runs;

/// <summary>The trace that a run is part of, as it travels to whoever executes tasks of it.</summary>
/// <param name="Parent">The run's span, as W3C Trace Context writes it (<c>traceparent</c>).</param>
/// <param name="Every">Each how-manieth task has a span, 1 or more.</param>
public sealed record RunTrace(string Parent, int Every)
{
    /// <summary>A run has no more spans of tasks, retries aside.</summary>
    public const int MostSpans = 100;

    public static RunTrace Of(string parent, int tasks) => new(parent, (tasks + MostSpans - 1) / MostSpans);
}
