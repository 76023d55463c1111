using System.Text.Json;
using Azure.Data.Tables;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Storage.Experiments;

/// <summary>
/// How an experiment's state is kept in table <c>experiments</c>. Its row key is computed from its id alone and sorts the
/// newest first: every digit of the time in the id is replaced by its nine's complement.
/// </summary>
internal static class ExperimentEntity
{
    /// <summary>The one partition of the table.</summary>
    public const string Partition = "experiment";

    /// <summary>When the program that runs the experiment was last known to be alive.</summary>
    public const string UpdatedAtColumn = "updatedAt";

    /// <summary>A property holds 64 KiB of UTF-16, 32,768 characters (Table service REST API, "Property types").</summary>
    private const int LongestText = 32_000;

    /// <summary>The part of an id that tells the time: <c>yyyyMMdd-HHmmss</c>.</summary>
    private const int TimeLength = 15;

    /// <summary>After so long without a sign of life, an experiment of the local engine that has not ended counts as abandoned.</summary>
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromMinutes(5);

    /// <summary>The row key of an experiment.</summary>
    public static string RowKey(string experimentId) => string.Create(experimentId.Length, experimentId, (key, id) =>
    {
        for (int index = 0; index < key.Length; index++)
            key[index] = index < TimeLength && char.IsAsciiDigit(id[index]) ? (char)('0' + '9' - id[index]) : id[index];
    });

    /// <summary>The entity of an experiment: all but its runs, analysis and findings.</summary>
    public static TableEntity From(ExperimentDocument document, DateTimeOffset now) => new(Partition, RowKey(document.Id))
    {
        ["id"] = document.Id,
        ["name"] = document.Spec.Name,
        ["status"] = Json(document.Status).Trim('"'),
        ["startedAt"] = document.StartedAt,
        ["finishedAt"] = document.FinishedAt,
        ["error"] = Shorten(document.Error),
        ["engine"] = document.Environment.Engine,
        ["spec"] = Json(document.Spec),
        ["environment"] = Json(document.Environment),
        ["runsDone"] = document.Progress.RunsDone,
        ["runsTotal"] = document.Progress.RunsTotal,
        ["currentRun"] = Shorten(document.Progress.CurrentRun),
        ["recommendation"] = Json(document.Recommendation) is { Length: <= LongestText } fits ? fits : null,
        [UpdatedAtColumn] = now,
    };

    /// <summary>What the entity tells of its experiment; one that was abandoned is shown as failed.</summary>
    /// <exception cref="InvalidDataException">It was not written by this program, or by a later version.</exception>
    public static ExperimentDocument ToDocument(TableEntity entity, DateTimeOffset now)
    {
        var document = new ExperimentDocument
        {
            Id = entity.GetString("id") ?? throw Unreadable(entity, null),
            Status = Read<ExperimentStatus>(entity, "status", quoted: true),
            StartedAt = entity.GetDateTimeOffset("startedAt") ?? throw Unreadable(entity, null),
            FinishedAt = entity.GetDateTimeOffset("finishedAt"),
            Error = entity.GetString("error"),
            Spec = Read<ExperimentSpec>(entity, "spec"),
            Environment = Read<EnvironmentInfo>(entity, "environment"),
            Progress = new ExperimentProgress(
                entity.GetInt32("runsDone") ?? 0, entity.GetInt32("runsTotal") ?? 0, entity.GetString("currentRun")),
            Recommendation = entity.ContainsKey("recommendation") ? Read<Core.Analysis.Recommendation[]>(entity, "recommendation") : [],
        };
        return entity.GetDateTimeOffset(UpdatedAtColumn) is { } alive ? Abandon(document, alive, now) : document;
    }

    /// <summary>
    /// Whether an experiment ends with the program that runs it, and so needs that program's heartbeat. Durable Functions takes an
    /// experiment up again on whatever host there is, however long there was none.
    /// </summary>
    public static bool EndsWithItsProgram(ExperimentDocument document) =>
        !document.Status.HasEnded() && document.Environment.Engine != EngineNames.AzureFunctions;

    /// <summary>Shows a waiting or running experiment as failed, if its program gave no sign of life for long.</summary>
    public static ExperimentDocument Abandon(ExperimentDocument document, DateTimeOffset lastSignOfLife, DateTimeOffset now)
    {
        if (!EndsWithItsProgram(document) || now - lastSignOfLife < AbandonedAfter)
            return document;
        return document with
        {
            Status = ExperimentStatus.Failed,
            FinishedAt = lastSignOfLife,
            Error = $"abandoned: the program that ran it ended before it was done, after {lastSignOfLife.UtcDateTime:u}",
            Progress = document.Progress with { CurrentRun = null },
        };
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, ExperimentJson.Compact);

    private static T Read<T>(TableEntity entity, string column, bool quoted = false)
    {
        string text = entity.GetString(column) ?? throw Unreadable(entity, null);
        try
        {
            return JsonSerializer.Deserialize<T>(quoted ? $"\"{text}\"" : text, ExperimentJson.Compact) ?? throw Unreadable(entity, null);
        }
        catch (JsonException exception)
        {
            throw Unreadable(entity, exception);
        }
    }

    private static InvalidDataException Unreadable(TableEntity entity, Exception? inner) => new(
        $"the entity {entity.RowKey} of table experiments cannot be read; was it written by another version of this program?", inner);

    private static string? Shorten(string? text) =>
        text is { Length: > LongestText } ? string.Concat(text.AsSpan(0, LongestText), "...") : text;
}
