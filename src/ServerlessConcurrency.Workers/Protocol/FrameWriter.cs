using System.Buffers.Binary;
using System.Text.Json;

namespace ServerlessConcurrency.Workers.Protocol;

/// <summary>
/// Collects frames and writes them to a pipe in one system call. For one thread at a time.
/// </summary>
/// <param name="stream">The pipe, which does not buffer; its owner disposes it.</param>
public sealed class FrameWriter(Stream stream)
{
    private byte[] _buffer = new byte[4 * 1024];

    /// <summary>How many bytes wait for <see cref="Flush"/>.</summary>
    public int PendingBytes { get; private set; }

    /// <summary>Adds a frame; nothing is written yet.</summary>
    /// <param name="kind">What the payload means, see <see cref="Frame.Kind"/>.</param>
    /// <param name="payloadBytes">The payload's length, 0 to <see cref="FrameReader.MaxPayloadBytes"/>.</param>
    /// <returns>Where the caller puts the payload, before any other call.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The payload is too large.</exception>
    public Span<byte> Append(byte kind, int payloadBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(payloadBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payloadBytes, FrameReader.MaxPayloadBytes);
        const int HeaderBytes = FrameReader.LengthBytes + 1;
        int needed = PendingBytes + HeaderBytes + payloadBytes;
        if (needed > _buffer.Length)
            Array.Resize(ref _buffer, Math.Max(needed, _buffer.Length * 2));

        Span<byte> frame = _buffer.AsSpan(PendingBytes, HeaderBytes + payloadBytes);
        BinaryPrimitives.WriteInt32LittleEndian(frame, payloadBytes + 1);
        frame[FrameReader.LengthBytes] = kind;
        PendingBytes = needed;
        return frame[HeaderBytes..];
    }

    /// <summary>Adds a frame whose payload is a value as JSON.</summary>
    /// <param name="kind">What the payload means, see <see cref="Frame.Kind"/>.</param>
    public void AppendJson<T>(byte kind, T value)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(value, JsonSerializerOptions.Web);
        json.CopyTo(Append(kind, json.Length));
    }

    /// <summary>Writes every frame added since the last call.</summary>
    /// <exception cref="IOException">The other side has closed the pipe.</exception>
    public void Flush()
    {
        if (PendingBytes == 0)
            return;
        int bytes = PendingBytes;
        PendingBytes = 0;
        stream.Write(_buffer.AsSpan(0, bytes));
        stream.Flush();
    }
}
