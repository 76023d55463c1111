using System.Text.Json;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Queueing;
using ServerlessConcurrency.Storage.Experiments;

namespace ServerlessConcurrency.Storage.Queues;

/// <summary>
/// The text of a queue message: the task as JSON. The local engine does not encode it, so that it is readable in every storage
/// browser, and that a message of another sender is still delivered and can be moved to the poison queue as it came.
/// </summary>
public static class QueuedTaskMessage
{
    // Of a CancellationTokenSource.
    private const double LongestTimeoutMs = uint.MaxValue - 1d;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public static string Write(QueuedTask task, QueuedTaskEncoding encoding = QueuedTaskEncoding.None) =>
        encoding == QueuedTaskEncoding.Base64
            ? Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(task, Options))
            : JsonSerializer.Serialize(task, Options);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <returns>The task, or null where the text is not one.</returns>
    public static QueuedTask? Read(string text, QueuedTaskEncoding encoding = QueuedTaskEncoding.None)
    {
        try
        {
            QueuedTask? task = encoding == QueuedTaskEncoding.Base64
                ? JsonSerializer.Deserialize<QueuedTask>(Convert.FromBase64String(text), Options)
                : JsonSerializer.Deserialize<QueuedTask>(text, Options);
            return task is not null && IsSound(task) ? task : null;
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return null;
        }
    }

    // Whoever sends it: what no program of ours sends is not executed, and no table is named after it.
    private static bool IsSound(QueuedTask task) =>
        task is { Index: >= 0, Run: { Size: > 0, Tasks: > 0, FirstTask: >= 0, Degree: > 0, InFlight: null or > 0, BeganTicks: >= 0 } run }
        && task.Index < run.Tasks
        && run.Tasks <= int.MaxValue - run.FirstTask
        && (run.TaskTimeout == Timeout.InfiniteTimeSpan || (run.TaskTimeout > TimeSpan.Zero && run.TaskTimeout.TotalMilliseconds <= LongestTimeoutMs))
        && ExperimentId.IsValid(run.ExperimentId)
        && ExperimentNames.IsFileName(run.RunId);
}
