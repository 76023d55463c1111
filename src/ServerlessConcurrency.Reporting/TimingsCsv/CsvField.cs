using System.Buffers;
using System.Buffers.Text;
using System.Text;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Reporting.Rows;

namespace ServerlessConcurrency.Reporting.TimingsCsv;

/// <summary>Fields as RFC 4180, section 2, wants them, in UTF-8.</summary>
internal static class CsvField
{
    private const int MaxIntegerBytes = 20;
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");

    public static void Write(IBufferWriter<byte> output, TimingColumn column, in TimingRow row)
    {
        switch (column)
        {
            case TimingColumn<string> text:
                Encoding.UTF8.GetBytes(Quote(text.Read(row)), output);
                break;
            case TimingColumn<int> integer:
                Write(output, integer.Read(row));
                break;
            case TimingColumn<long> integer:
                Write(output, integer.Read(row));
                break;
            case TimingColumn<double> milliseconds:
                output.Advance(RowText.FormatMilliseconds(milliseconds.Read(row), output.GetSpan(RowText.MaxMillisecondsBytes)));
                break;
            case TimingColumn<ulong> checksum:
                RowText.FormatChecksum(checksum.Read(row), output.GetSpan(RowText.ChecksumDigits));
                output.Advance(RowText.ChecksumDigits);
                break;
            case TimingColumn<TaskOutcome> outcome:
                output.Write(RowText.Outcome(outcome.Read(row)).EncodedUtf8Bytes);
                break;
            default:
                throw new NotSupportedException($"column {column.Name} has no form in CSV");
        }
    }

    private static string Quote(string text) =>
        text.AsSpan().ContainsAny(Special) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static void Write(IBufferWriter<byte> output, long number)
    {
        Utf8Formatter.TryFormat(number, output.GetSpan(MaxIntegerBytes), out int written);
        output.Advance(written);
    }
}
