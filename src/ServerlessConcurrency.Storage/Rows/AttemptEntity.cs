using System.Globalization;
using Azure.Data.Tables;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Storage.Rows;

/// <summary>
/// How a task attempt is kept in a table: the partition is its run, the row key its task's index and attempt, zero-padded so that rows sort
/// by them.
/// </summary>
internal static class AttemptEntity
{
    private static readonly TimingColumn[] Properties = [.. TimingColumns.OfAttempts.Where(column => column.IsProperty)];

    public static string RowKey(int taskIndex, int attempt) =>
        string.Create(CultureInfo.InvariantCulture, $"{taskIndex:D6}-{attempt:D2}");

    public static TableEntity From(string partitionKey, in TaskTiming timing)
    {
        var row = new TimingRow("", null!, timing);
        var entity = new TableEntity(partitionKey, RowKey(timing.TaskIndex, timing.Attempt));
        foreach (TimingColumn column in Properties)
        {
            entity[column.Name] = column switch
            {
                TimingColumn<string> text => text.Read(row),
                TimingColumn<int> integer => integer.Read(row),
                TimingColumn<double> milliseconds => milliseconds.Read(row),
                TimingColumn<ulong> checksum => Checksum.Format(checksum.Read(row)),
                TimingColumn<TaskOutcome> outcome => TaskOutcomeNames.Of(outcome.Read(row)),
                _ => throw new NotSupportedException($"column {column.Name} has no form in a table"),
            };
        }

        return entity;
    }

    /// <exception cref="InvalidDataException">It was not written by this program.</exception>
    public static TaskTiming ToTiming(TableEntity entity)
    {
        try
        {
            return Read(entity);
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException or OverflowException or ArgumentException)
        {
            throw new InvalidDataException($"row {entity.PartitionKey}/{entity.RowKey} is not a task attempt: {exception.Message}", exception);
        }
    }

    private static TaskTiming Read(TableEntity entity)
    {
        ReadOnlySpan<char> key = entity.RowKey;
        int hyphen = key.IndexOf('-');
        var timing = new TaskTiming
        {
            TaskIndex = int.Parse(key[..hyphen], NumberStyles.None, CultureInfo.InvariantCulture),
            Attempt = int.Parse(key[(hyphen + 1)..], NumberStyles.None, CultureInfo.InvariantCulture),
        };
        foreach (TimingColumn column in Properties)
            Read(entity, column, ref timing);
        return timing;
    }

    private static double Finite(double milliseconds) =>
        double.IsFinite(milliseconds) ? milliseconds : throw new FormatException($"{milliseconds} is not a time");

    private static void Read(TableEntity entity, TimingColumn column, ref TaskTiming timing)
    {
        switch (column)
        {
            case TimingColumn<string> text:
                text.Write!(ref timing, entity.GetString(column.Name) ?? "");
                break;
            case TimingColumn<int> integer:
                integer.Write!(ref timing, entity.GetInt32(column.Name) ?? 0);
                break;
            case TimingColumn<double> milliseconds:
                milliseconds.Write!(ref timing, Finite(entity.GetDouble(column.Name) ?? 0));
                break;
            case TimingColumn<ulong> checksum:
                checksum.Write!(ref timing, Checksum.Parse(entity.GetString(column.Name) ?? "0"));
                break;
            case TimingColumn<TaskOutcome> outcome:
                outcome.Write!(ref timing, TaskOutcomeNames.TryParse(entity.GetString(column.Name) ?? "", out TaskOutcome known) ? known : TaskOutcome.Failed);
                break;
            default:
                throw new NotSupportedException($"column {column.Name} has no form in a table");
        }
    }
}
