using System.Buffers.Binary;
using System.Text;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Workers.Protocol;

/// <summary>
/// Reads frames from a pipe. One read from the system takes whatever has arrived, so that many small frames cost one system
/// call. For one thread at a time.
/// </summary>
/// <param name="stream">The pipe; its owner disposes it.</param>
public sealed class FrameReader(Stream stream)
{
    /// <summary>The largest payload, in bytes. Anything larger means that the other side does not write frames.</summary>
    public const int MaxPayloadBytes = 16 * 1024 * 1024;

    internal const int LengthBytes = sizeof(int);

    private const int QuotedBytes = 200;

    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    /// <summary>The beginning of what was skipped, on one line; empty where that is nothing.</summary>
    internal string Skipped { get; private set; } = "";

    /// <summary>Skips what others wrote, up to a marker.</summary>
    /// <returns>False once the other side has closed the pipe without it.</returns>
    internal bool SkipPast(ReadOnlySpan<byte> marker)
    {
        while (true)
        {
            ReadOnlySpan<byte> arrived = _buffer.AsSpan(_start, _end - _start);
            int position = arrived.IndexOf(marker);
            // Its beginning may be the end of what has arrived.
            int skipped = position < 0 ? Math.Max(0, arrived.Length - marker.Length + 1) : position;
            if (Skipped.Length == 0)
                Skipped = Quote(position < 0 ? arrived : arrived[..position]);
            _start += position < 0 ? skipped : position + marker.Length;
            if (position >= 0 || !Fill())
                return position >= 0;
        }
    }

    /// <summary>Takes the next frame if all of it has been read from the pipe already. Never blocks.</summary>
    /// <param name="frame">The frame; its payload is valid until the next call of <see cref="Fill"/>.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="InvalidDataException">What arrived is not a frame.</exception>
    public bool TryRead(out Frame frame)
    {
        frame = default;
        ReadOnlySpan<byte> arrived = _buffer.AsSpan(_start, _end - _start);
        if (arrived.Length <= LengthBytes)
            return false;

        int length = BinaryPrimitives.ReadInt32LittleEndian(arrived);
        if (length is < 1 or > MaxPayloadBytes + 1)
            throw new InvalidDataException($"not a frame, but '{Quote(arrived)}'");
        if (arrived.Length < LengthBytes + length)
            return false;

        frame = new Frame(arrived[LengthBytes], arrived.Slice(LengthBytes + 1, length - 1));
        _start += LengthBytes + length;
        return true;
    }

    /// <summary>Waits until more bytes arrive and takes all that have.</summary>
    /// <returns>False once the other side has closed the pipe, even in the middle of a frame.</returns>
    public bool Fill()
    {
        MakeRoom();
        int read = stream.Read(_buffer.AsSpan(_end));
        _end += read;
        return read > 0;
    }

    /// <summary>Takes the next frame and waits for it if need be.</summary>
    /// <param name="frame">The frame; its payload is valid until the next call.</param>
    /// <returns>False once the other side has closed the pipe.</returns>
    /// <exception cref="InvalidDataException">What arrived is not a frame.</exception>
    public bool Read(out Frame frame)
    {
        while (!TryRead(out frame))
        {
            if (!Fill())
                return false;
        }

        return true;
    }

    private static string Quote(ReadOnlySpan<byte> bytes)
    {
        string text = Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, QuotedBytes)]).Trim().ReplaceLineEndings(" | ");
        return VisibleText.Of(bytes.Length > QuotedBytes ? text + "..." : text);
    }

    private void MakeRoom()
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_start > 0 && _end == _buffer.Length)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
    }
}
