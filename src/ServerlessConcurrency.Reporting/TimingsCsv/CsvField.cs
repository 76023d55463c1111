using System.Buffers;
using System.Buffers.Text;
using System.Text;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Reporting.Rows;

namespace ServerlessConcurrency.Reporting.TimingsCsv;

/// <summary>Fields as RFC 4180, section 2, wants them, in UTF-8.</summary>
internal static class CsvField
{
    private const int MaxBytesOfChar = 3;
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");

    /// <summary>The most bytes that a field may have.</summary>
    public static int MaxBytes(TimingColumn column, in TimingRow row) =>
        column is TimingColumn<string> text ? (2 * MaxBytesOfChar * text.Read(row).Length) + 2 : RowText.MaxMillisecondsBytes;

    /// <summary>Writes a field.</summary>
    /// <returns>Its bytes.</returns>
    public static int Format(TimingColumn column, in TimingRow row, Span<byte> utf8) => column switch
    {
        TimingColumn<string> text => Encoding.UTF8.GetBytes(Quote(text.Read(row)), utf8),
        TimingColumn<int> integer => Format(integer.Read(row), utf8),
        TimingColumn<long> integer => Format(integer.Read(row), utf8),
        TimingColumn<double> milliseconds => RowText.FormatMilliseconds(milliseconds.Read(row), utf8),
        TimingColumn<ulong> checksum => RowText.FormatChecksum(checksum.Read(row), utf8),
        TimingColumn<TaskOutcome> outcome => Format(RowText.Outcome(outcome.Read(row)).EncodedUtf8Bytes, utf8),
        _ => throw new NotSupportedException($"column {column.Name} has no form in CSV"),
    };

    private static string Quote(string text) =>
        text.AsSpan().ContainsAny(Special) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static int Format(long number, Span<byte> utf8)
    {
        Utf8Formatter.TryFormat(number, utf8, out int written);
        return written;
    }

    private static int Format(ReadOnlySpan<byte> text, Span<byte> utf8)
    {
        text.CopyTo(utf8);
        return text.Length;
    }
}
