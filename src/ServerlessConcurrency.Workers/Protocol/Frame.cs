using System.Text.Json;

namespace ServerlessConcurrency.Workers.Protocol;

/// <summary>
/// A message between a program and its child process. On the pipe: the payload's length plus one as a 32-bit integer, the
/// kind as a byte, the payload; numbers are little-endian.
/// </summary>
/// <param name="kind">What the payload means. 0 to 15 belong to the handshake, the others to the worker's role.</param>
/// <param name="payload">The message's contents; valid until the next read from the reader it came from.</param>
public readonly ref struct Frame(byte kind, ReadOnlySpan<byte> payload)
{
    /// <summary>What the payload means. 0 to 15 belong to the handshake, the others to the worker's role.</summary>
    public byte Kind { get; } = kind;

    /// <summary>The message's contents; valid until the next read from the reader it came from.</summary>
    public ReadOnlySpan<byte> Payload { get; } = payload;

    /// <summary>Reads the payload as JSON that <see cref="FrameWriter.AppendJson"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The payload is not JSON of that type.</exception>
    public T ReadJson<T>()
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Payload, JsonSerializerOptions.Web)
                ?? throw new InvalidDataException($"frame {Kind} holds null instead of {typeof(T).Name}");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"frame {Kind} does not hold {typeof(T).Name}: {exception.Message}", exception);
        }
    }
}
