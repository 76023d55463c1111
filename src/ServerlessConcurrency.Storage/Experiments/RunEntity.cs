using System.Text.Json;
using Azure.Data.Tables;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Storage.Experiments;

/// <summary>
/// How a run is kept in table <c>runs</c>: the partition is its experiment, the row key its id. What people look for has columns of its own;
/// <c>result</c> is all of it, as in experiment.json.
/// </summary>
internal static class RunEntity
{
    private const string ResultColumn = "result";
    private const string VersionColumn = "schemaVersion";

    // Azure Tables takes 64 KiB in a column; the beginning of an error says what it is.
    private const int LongestError = 4_000;

    public static TableEntity From(string experimentId, RunResult run)
    {
        if (run.Error is { Length: > LongestError } error)
            run = run with { Error = string.Concat(error.AsSpan(0, LongestError), "...") };
        return new TableEntity(experimentId, run.RunId)
        {
            ["round"] = run.Round,
            ["workload"] = run.Workload,
            ["size"] = run.Size,
            ["model"] = run.Model,
            ["degree"] = run.Degree,
            ["tasks"] = run.Tasks,
            ["wallMs"] = run.WallMs,
            ["cpuMs"] = run.CpuMs,
            ["hosts"] = run.Hosts,
            ["checksum"] = run.Checksum,
            ["failed"] = run.Failed,
            ["isValid"] = run.IsValid,
            ["error"] = run.Error,
            [ResultColumn] = JsonSerializer.Serialize(run, ExperimentJson.Compact),
            [VersionColumn] = StoredSchema.Version,
        };
    }

    /// <exception cref="InvalidDataException">It was not written by this program, or by a later version.</exception>
    public static RunResult ToRun(TableEntity entity)
    {
        try
        {
            StoredSchema.ThrowIfLater(entity.GetInt32(VersionColumn));
            return JsonSerializer.Deserialize<RunResult>(entity.GetString(ResultColumn) ?? "null", ExperimentJson.Compact)
                ?? throw new JsonException($"it has no {ResultColumn}");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException(
                $"run {entity.RowKey} of experiment {entity.PartitionKey} in table runs cannot be read: {exception.Message}", exception);
        }
    }
}
