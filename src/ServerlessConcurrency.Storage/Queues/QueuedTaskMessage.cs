using System.Text.Json;
using ServerlessConcurrency.Core.Queueing;

namespace ServerlessConcurrency.Storage.Queues;

/// <summary>
/// The text of a queue message: the task as plain JSON, readable in every storage browser. It is not encoded as base64, so
/// that a message of another sender is still delivered and can be moved to the poison queue as it came.
/// </summary>
public static class QueuedTaskMessage
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Writes a task.</summary>
    /// <param name="task">The task.</param>
    /// <returns>JSON on one line.</returns>
    public static string Write(QueuedTask task) => JsonSerializer.Serialize(task, Options);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="text">The text of a message, of any sender.</param>
    /// <returns>The task, or null where the text is not one.</returns>
    public static QueuedTask? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<QueuedTask>(text, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
