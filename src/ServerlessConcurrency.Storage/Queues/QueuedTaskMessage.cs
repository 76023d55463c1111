using System.Text.Json;
using ServerlessConcurrency.Core.Queueing;

namespace ServerlessConcurrency.Storage.Queues;

/// <summary>
/// The text of a queue message: the task as JSON. The local engine does not encode it, so that it is readable in every storage
/// browser, and that a message of another sender is still delivered and can be moved to the poison queue as it came.
/// </summary>
public static class QueuedTaskMessage
{
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
            return encoding == QueuedTaskEncoding.Base64
                ? JsonSerializer.Deserialize<QueuedTask>(Convert.FromBase64String(text), Options)
                : JsonSerializer.Deserialize<QueuedTask>(text, Options);
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return null;
        }
    }
}
