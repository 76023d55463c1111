using System.Buffers;

namespace ServerlessConcurrency.Reporting.TimingsCsv;

/// <summary>Fields as RFC 4180, section 2, wants them.</summary>
internal static class CsvField
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");

    /// <summary>Puts a field in double quotes if it holds a comma, a double quote or a line break.</summary>
    /// <param name="text">The field's value.</param>
    /// <returns>The field as it stands in the file.</returns>
    public static string Quote(string text) =>
        text.AsSpan().ContainsAny(Special) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
