using System.Text.Json;
using Azure.Data.Tables;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Storage.Liveness;

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

    private const string VersionColumn = "schemaVersion";

    /// <summary>A property holds 64 KiB of UTF-16, 32,768 characters (Table service REST API, "Property types").</summary>
    private const int LongestText = 32_000;

    /// <summary>The part of an id that tells the time: <c>yyyyMMdd-HHmmss</c>.</summary>
    private const int TimeLength = 15;

    /// <summary>The row key of an experiment.</summary>
    public static string RowKey(string experimentId) => string.Create(experimentId.Length, experimentId, (key, id) =>
    {
        for (int index = 0; index < key.Length; index++)
            key[index] = index < TimeLength && char.IsAsciiDigit(id[index]) ? (char)('0' + '9' - id[index]) : id[index];
    });

    /// <summary>The entity of an experiment: all but its runs, analysis and findings.</summary>
    public static TableEntity From(MeasurementDocument document, DateTimeOffset now) => new(Partition, RowKey(document.Id))
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
        ["measuredMs"] = document.Progress.MeasuredMs,
        ["recommendation"] = Json((document as ExperimentDocument)?.Recommendation ?? []) is { Length: <= LongestText } fits ? fits : null,
        ["failAbove"] = (document as ExperimentDocument)?.Versions?.FailAbove,
        ["resumptions"] = (document as ExperimentDocument)?.Resumptions is { } resumptions ? Json(resumptions) : null,
        [UpdatedAtColumn] = now,
        [VersionColumn] = StoredSchema.Version,
    };

    /// <summary>What the entity tells of its experiment; one that was abandoned is shown as failed.</summary>
    /// <exception cref="InvalidDataException">It was not written by this program, or by a later version.</exception>
    public static MeasurementDocument ToDocument(TableEntity entity, DateTimeOffset now, Predicate<string> hasEnded)
    {
        try
        {
            return Read(entity, now, hasEnded);
        }
        catch (InvalidOperationException exception)
        {
            // A column of another type.
            throw Unreadable(entity, exception);
        }
    }

    private static MeasurementDocument Read(TableEntity entity, DateTimeOffset now, Predicate<string> hasEnded)
    {
        if (entity.GetInt32(VersionColumn) > StoredSchema.Version)
            throw Unreadable(entity, null);
        MeasurementDocument document = MeasurementDocument.Of(
            Read<MeasurementSpec>(entity, "spec"),
            entity.GetString("id") is { } id && RowKey(id) == entity.RowKey ? id : throw Unreadable(entity, null),
            Read<ExperimentStatus>(entity, "status", quoted: true),
            entity.GetDateTimeOffset("startedAt") ?? throw Unreadable(entity, null),
            Read<EnvironmentInfo>(entity, "environment")) with
        {
            FinishedAt = entity.GetDateTimeOffset("finishedAt"),
            Error = entity.GetString("error"),
            Progress = new ExperimentProgress(
                entity.GetInt32("runsDone") ?? 0, entity.GetInt32("runsTotal") ?? 0, entity.GetString("currentRun"))
            {
                MeasuredMs = entity.GetDouble("measuredMs") ?? 0,
            },
        };
        if (document is ExperimentDocument experiment && entity.ContainsKey("recommendation"))
            document = experiment with { Recommendation = Read<Recommendation[]>(entity, "recommendation") };
        if (document is ExperimentDocument judged && entity.GetDouble("failAbove") is { } failAbove)
            document = judged with { Versions = new VersionComparison { FailAbove = failAbove, Runs = [] } };
        if (document is ExperimentDocument resumed && entity.ContainsKey("resumptions"))
            document = resumed with { Resumptions = Read<Resumption[]>(entity, "resumptions") };
        return entity.GetDateTimeOffset(UpdatedAtColumn) is { } alive ? AbandonedExperiment.Judge(document, alive, now, hasEnded) : document;
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
