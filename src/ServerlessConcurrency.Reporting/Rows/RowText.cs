using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Reporting.Rows;

/// <summary>How the values of a row are written, the same in every file.</summary>
internal static class RowText
{
    public const int ChecksumDigits = 16;

    /// <summary>The longest time: the smallest double has 309 digits before its four decimals, and a sign.</summary>
    public const int MaxMillisecondsBytes = 320;

    private const int Decimals = 4;

    // 30 years: ten thousand times as much is still a whole number that a double holds exactly.
    private const double LargestFastMilliseconds = 1e11;

    private static readonly JsonEncodedText[] Outcomes =
        [.. Enum.GetValues<TaskOutcome>().Select(outcome => JsonEncodedText.Encode(TaskOutcomeNames.Of(outcome)))];

    /// <summary>The outcome in kebab-case, as in experiment.json.</summary>
    public static JsonEncodedText Outcome(TaskOutcome outcome) => Outcomes[(int)outcome];

    /// <summary>Writes a time in ms with four decimals, as format <c>F4</c> does, several times as fast.</summary>
    public static int FormatMilliseconds(double milliseconds, Span<byte> utf8)
    {
        int written;
        if (!(Math.Abs(milliseconds) < LargestFastMilliseconds))
        {
            milliseconds.TryFormat(utf8, out written, "F4", CultureInfo.InvariantCulture);
            return written;
        }

        long scaled = (long)Math.Round(milliseconds * 10_000, MidpointRounding.AwayFromZero);
        int sign = 0;
        if (scaled < 0)
        {
            utf8[sign++] = (byte)'-';
            scaled = -scaled;
        }

        (long whole, long decimals) = Math.DivRem(scaled, 10_000);
        Utf8Formatter.TryFormat(whole, utf8[sign..], out written);
        Span<byte> rest = utf8.Slice(sign + written, 1 + Decimals);
        rest[0] = (byte)'.';
        for (int digit = Decimals; digit > 0; digit--)
        {
            (decimals, long last) = Math.DivRem(decimals, 10);
            rest[digit] = (byte)('0' + last);
        }

        return sign + written + rest.Length;
    }

    /// <summary>Writes a checksum as 16 lower-case hexadecimal digits.</summary>
    public static int FormatChecksum(ulong checksum, Span<byte> utf8)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, checksum);
        Convert.TryToHexStringLower(bytes, utf8, out int written);
        return written;
    }
}
