using System.Buffers.Text;
using ServerlessConcurrency.Reporting.Rows;

namespace ServerlessConcurrency.Reporting.TimingsCsv;

/// <summary>A line of comma-separated values that is being written as UTF-8 bytes.</summary>
/// <param name="room">Enough room for the line.</param>
internal ref struct CsvLine(Span<byte> room)
{
    private readonly Span<byte> _room = room;

    /// <summary>How many bytes were written.</summary>
    public int Length { get; private set; }

    /// <summary>Writes bytes as they are.</summary>
    /// <param name="utf8">Fields that were made ready before, or a separator.</param>
    public void Add(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(_room[Length..]);
        Length += utf8.Length;
    }

    /// <summary>Writes a whole number and a comma.</summary>
    /// <param name="value">The number.</param>
    public void Add(int value)
    {
        Utf8Formatter.TryFormat(value, _room[Length..], out int written);
        Length += written;
        Add(","u8);
    }

    /// <summary>Writes a time in ms, with four decimals, and a comma.</summary>
    /// <param name="milliseconds">The time.</param>
    public void Add(double milliseconds)
    {
        Length += RowText.FormatMilliseconds(milliseconds, _room[Length..]);
        Add(","u8);
    }

    /// <summary>Writes a checksum and a comma.</summary>
    /// <param name="checksum">The checksum.</param>
    public void Add(ulong checksum)
    {
        RowText.FormatChecksum(checksum, _room[Length..]);
        Length += RowText.ChecksumDigits;
        Add(","u8);
    }
}
