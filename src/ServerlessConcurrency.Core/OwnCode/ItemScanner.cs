using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace ServerlessConcurrency.Core.OwnCode;

/// <summary>Finds where the items of a file begin and how long they are, in one pass with a buffer that need hold a single text of it.</summary>
internal sealed class ItemScanner(SafeFileHandle file)
{
    private const int BufferBytes = 64 * 1024;

    private readonly List<long> _offsets = [];
    private readonly List<int> _lengths = [];
    private byte[] _buffer = new byte[BufferBytes];
    private long _bufferBegins;
    private int _filled;
    private long _itemBegins = -1;

    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="InvalidDataException">It is something else, or has too much of it; the message goes on after the file's name.</exception>
    public (List<long> Offsets, List<int> Lengths) Scan()
    {
        bool isLast = Fill(keepFrom: 0);
        if (_buffer.AsSpan(0, _filled).StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || _buffer.AsSpan(0, _filled).StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            throw new InvalidDataException("is UTF-16; save it as UTF-8");
        int begin = _buffer.AsSpan(0, _filled).StartsWith("\uFEFF"u8) ? 3 : 0;
        int first = _buffer.AsSpan(begin, _filled - begin).IndexOfAnyExcept(" \t\r\n"u8);
        bool isArray = first >= 0 && _buffer[begin + first] == '[';
        int depth = isArray ? 1 : 0;
        var state = new JsonReaderState(new JsonReaderOptions { AllowMultipleValues = !isArray });
        while (true)
        {
            var reader = new Utf8JsonReader(_buffer.AsSpan(begin, _filled - begin), isLast, state);
            while (reader.Read())
                Take(ref reader, begin, depth);
            if (isLast)
                return (_offsets, _lengths);
            state = reader.CurrentState;
            isLast = Fill(keepFrom: begin + (int)reader.BytesConsumed);
            begin = 0;
        }
    }

    private void Take(ref Utf8JsonReader reader, int begin, int depth)
    {
        if (reader.CurrentDepth != depth)
            return;
        long begins = _bufferBegins + begin + reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                _itemBegins = begins;
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                Add(_itemBegins, _bufferBegins + begin + reader.BytesConsumed);
                break;
            default:
                Add(begins, _bufferBegins + begin + reader.BytesConsumed);
                break;
        }
    }

    private void Add(long begins, long ends)
    {
        if (ends - begins > ItemFile.LargestItem)
            throw new InvalidDataException(FormattableString.Invariant($"has an item of {ends - begins:N0} bytes, number {_offsets.Count + 1:N0}; an item has at most {ItemFile.LargestItem:N0}"));
        if (_offsets.Count == ItemFile.MostItems)
            throw new InvalidDataException(FormattableString.Invariant($"has more than {ItemFile.MostItems:N0} items"));
        _offsets.Add(begins);
        _lengths.Add((int)(ends - begins));
    }

    /// <returns>Whether the end of the file is in the buffer now.</returns>
    private bool Fill(int keepFrom)
    {
        int kept = _filled - keepFrom;
        if (kept > ItemFile.LargestItem)
            throw new InvalidDataException(FormattableString.Invariant($"has an item of more than {ItemFile.LargestItem:N0} bytes, number {_offsets.Count + 1:N0}"));
        byte[] into = kept > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
        _buffer.AsSpan(keepFrom, kept).CopyTo(into);
        _buffer = into;
        _bufferBegins += keepFrom;
        _filled = kept;
        while (_filled < _buffer.Length)
        {
            int read = RandomAccess.Read(file, _buffer.AsSpan(_filled), _bufferBegins + _filled);
            if (read == 0)
                return true;
            _filled += read;
        }

        return false;
    }
}
