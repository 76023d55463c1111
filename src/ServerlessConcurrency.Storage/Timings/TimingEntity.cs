using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Storage.Timings;

/// <summary>
/// How a row of timings.csv is kept in table <c>timings</c>: the partition is the run, the row key the task's index and
/// attempt, zero-padded so that rows sort by them.
/// </summary>
internal static class TimingEntity
{
    private const string RoundColumn = "round";
    private const string WorkloadColumn = "workload";
    private const string SizeColumn = "size";
    private const string ModelColumn = "model";
    private const string HostColumn = "hostId";
    private const string ProcessColumn = "processId";
    private const string ThreadColumn = "threadId";
    private const string QueuedColumn = "queuedMs";
    private const string StartedColumn = "startedMs";
    private const string FinishedColumn = "finishedMs";
    private const string ChecksumColumn = "checksum";
    private const string OutcomeColumn = "outcome";

    private static readonly Dictionary<TaskOutcome, string> OutcomeNames =
        Enum.GetValues<TaskOutcome>().ToDictionary(outcome => outcome, outcome => JsonNamingPolicy.KebabCaseLower.ConvertName(outcome.ToString()));

    private static readonly Dictionary<string, TaskOutcome> Outcomes =
        OutcomeNames.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    /// <summary>The partition of a run's rows.</summary>
    public static string PartitionKey(string experimentId, string runId) => $"{experimentId}_{runId}";

    /// <summary>The key of a row within its partition.</summary>
    public static string RowKey(int taskIndex, int attempt) =>
        string.Create(CultureInfo.InvariantCulture, $"{taskIndex:D6}-{attempt:D2}");

    /// <summary>The row of an attempt, without the columns that tell about its run.</summary>
    public static TableEntity From(string partitionKey, in TaskTiming timing) => new(partitionKey, RowKey(timing.TaskIndex, timing.Attempt))
    {
        [HostColumn] = timing.HostId,
        [ProcessColumn] = timing.ProcessId,
        [ThreadColumn] = timing.ThreadId,
        [QueuedColumn] = timing.QueuedMs,
        [StartedColumn] = timing.StartedMs,
        [FinishedColumn] = timing.FinishedMs,
        [ChecksumColumn] = Checksum.Format(timing.Checksum),
        [OutcomeColumn] = Name(timing.Outcome),
    };

    /// <summary>The whole row of an attempt.</summary>
    public static TableEntity From(string partitionKey, RunResult run, in TaskTiming timing)
    {
        TableEntity entity = From(partitionKey, timing);
        entity[RoundColumn] = run.Round;
        entity[WorkloadColumn] = run.Workload;
        entity[SizeColumn] = run.Size;
        entity[ModelColumn] = run.Model;
        return entity;
    }

    /// <summary>Reads the row of an attempt.</summary>
    public static TaskTiming ToTiming(TableEntity entity)
    {
        ReadOnlySpan<char> key = entity.RowKey;
        int hyphen = key.IndexOf('-');
        return new TaskTiming(
            int.Parse(key[..hyphen], NumberStyles.None, CultureInfo.InvariantCulture),
            int.Parse(key[(hyphen + 1)..], NumberStyles.None, CultureInfo.InvariantCulture),
            entity.GetString(HostColumn) ?? "",
            entity.GetInt32(ProcessColumn) ?? 0,
            entity.GetInt32(ThreadColumn) ?? 0,
            entity.GetDouble(QueuedColumn) ?? 0,
            entity.GetDouble(StartedColumn) ?? 0,
            entity.GetDouble(FinishedColumn) ?? 0,
            Checksum.Parse(entity.GetString(ChecksumColumn) ?? "0"),
            Outcomes.GetValueOrDefault(entity.GetString(OutcomeColumn) ?? "", TaskOutcome.Failed));
    }

    /// <summary>How an outcome is written, in kebab-case.</summary>
    public static string Name(TaskOutcome outcome) => OutcomeNames[outcome];

    /// <summary>Reads what <see cref="Name"/> wrote.</summary>
    public static bool TryParse(string name, out TaskOutcome outcome) => Outcomes.TryGetValue(name, out outcome);
}
