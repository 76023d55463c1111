namespace ServerlessConcurrency.Core.Runs;

/// <summary>
/// What is kept of every task attempt, once for every format: a column of timings.csv, a property in timings.json, a column in Parquet, a
/// property or key in a table. Those of the run come first.
/// </summary>
public static class TimingColumns
{
    public static TimingColumn<string> RunId { get; } = OfRun("runId", (in row) => row.Run.RunId);

    public static IReadOnlyList<TimingColumn> All { get; } =
    [
        OfRun("experimentId", (in row) => row.ExperimentId),
        RunId,
        OfRun("round", (in row) => row.Run.Round),
        OfRun("workload", (in row) => row.Run.Workload),
        OfRun("size", (in row) => row.Run.Size),
        OfRun("model", (in row) => row.Run.Model),
        OfRun("degree", (in row) => row.Run.Degree),
        Of("taskIndex", (in row) => row.Timing.TaskIndex, (ref timing, value) => timing.TaskIndex = value, isProperty: false),
        Of("attempt", (in row) => row.Timing.Attempt, (ref timing, value) => timing.Attempt = value, isProperty: false),
        Of("hostId", (in row) => row.Timing.HostId, (ref timing, value) => timing.HostId = value),
        Of("processId", (in row) => row.Timing.ProcessId, (ref timing, value) => timing.ProcessId = value),
        Of("threadId", (in row) => row.Timing.ThreadId, (ref timing, value) => timing.ThreadId = value),
        Of("queuedMs", (in row) => row.Timing.QueuedMs, (ref timing, value) => timing.QueuedMs = value),
        Of("startedMs", (in row) => row.Timing.StartedMs, (ref timing, value) => timing.StartedMs = value),
        Of("finishedMs", (in row) => row.Timing.FinishedMs, (ref timing, value) => timing.FinishedMs = value),
        Of("checksum", (in row) => row.Timing.Checksum, (ref timing, value) => timing.Checksum = value),
        Of("outcome", (in row) => row.Timing.Outcome, (ref timing, value) => timing.Outcome = value),
    ];

    public static IReadOnlyList<TimingColumn> OfRuns { get; } = [.. All.Where(column => column.IsOfRun)];

    public static IReadOnlyList<TimingColumn> OfAttempts { get; } = [.. All.Where(column => !column.IsOfRun)];

    private static TimingColumn<T> OfRun<T>(string name, TimingColumn<T>.Reader read) => new() { Name = name, Read = read, IsOfRun = true };

    private static TimingColumn<T> Of<T>(
        string name, TimingColumn<T>.Reader read, TimingColumn<T>.Writer write, bool isProperty = true) =>
        new() { Name = name, Read = read, Write = write, IsProperty = isProperty };
}
