using System.Globalization;
using System.Text.Json;
using ServerlessConcurrency.Core.Experiments;

namespace ServerlessConcurrency.Reporting.Rows;

/// <summary>How the values of a row are written, the same in every file.</summary>
internal static class RowText
{
    /// <summary>How many digits a checksum has.</summary>
    public const int ChecksumDigits = 16;

    private static readonly JsonEncodedText[] Outcomes =
        [.. Enum.GetValues<TaskOutcome>().Select(outcome => JsonEncodedText.Encode(
            JsonNamingPolicy.KebabCaseLower.ConvertName(outcome.ToString())))];

    /// <summary>The outcome in kebab-case, as in experiment.json.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <returns>The text; it needs no escaping in CSV or JSON.</returns>
    public static JsonEncodedText Outcome(TaskOutcome outcome) => Outcomes[(int)outcome];

    /// <summary>A time in ms as JSON: at most the four decimals that timings.csv has.</summary>
    /// <param name="milliseconds">The time.</param>
    /// <returns>The rounded time.</returns>
    public static double Milliseconds(double milliseconds) => Math.Round(milliseconds, 4);

    /// <summary>Writes a checksum as 16 lower-case hexadecimal digits.</summary>
    /// <param name="checksum">The checksum.</param>
    /// <param name="utf8">Room for <see cref="ChecksumDigits"/> bytes.</param>
    public static void FormatChecksum(ulong checksum, Span<byte> utf8) =>
        checksum.TryFormat(utf8, out _, "x16", CultureInfo.InvariantCulture);
}
