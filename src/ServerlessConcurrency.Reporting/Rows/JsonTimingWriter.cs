using System.Buffers;
using System.Text.Json;

namespace ServerlessConcurrency.Reporting.Rows;

/// <summary>
/// A JSON array, one object a line. The comma is written before an object and never after one, so that a file that was cut
/// after a run becomes valid JSON by appending <c>]</c>.
/// </summary>
internal abstract class JsonTimingWriter : TimingWriter
{
    private readonly Utf8JsonWriter _json;
    private bool _hasObjects;

    protected JsonTimingWriter(Stream output)
        : base(output) => _json = new Utf8JsonWriter(Output, new JsonWriterOptions { SkipValidation = true });

    protected sealed override void Begin() => Output.Write("["u8);

    protected sealed override void End() => Output.Write("\n]\n"u8);

    protected Utf8JsonWriter BeginObject()
    {
        Output.Write(_hasObjects ? ",\n"u8 : "\n"u8);
        _hasObjects = true;
        _json.Reset();
        _json.WriteStartObject();
        return _json;
    }

    protected void EndObject()
    {
        _json.WriteEndObject();
        _json.Flush();
    }

    /// <summary>Writes a time in ms as a number with four decimals, the same digits as in timings.csv.</summary>
    protected void WriteMilliseconds(JsonEncodedText name, double milliseconds)
    {
        Span<byte> utf8 = stackalloc byte[RowText.MaxMillisecondsBytes];
        _json.WritePropertyName(name);
        _json.WriteRawValue(utf8[..RowText.FormatMilliseconds(milliseconds, utf8)], skipInputValidation: true);
    }

    /// <summary>Writes a checksum as a string of 16 hexadecimal digits.</summary>
    protected void WriteChecksum(JsonEncodedText name, ulong checksum)
    {
        Span<byte> utf8 = stackalloc byte[RowText.ChecksumDigits];
        RowText.FormatChecksum(checksum, utf8);
        _json.WriteString(name, utf8);
    }
}
