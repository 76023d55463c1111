using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Core.Specs;

/// <summary>
/// Reads single fields of a JSON object; a mistake is added to the list and reads as null. A field that is null in JSON counts
/// as left out, so that the spec inside an experiment.json can be run again.
/// </summary>
/// <param name="json">The object.</param>
/// <param name="path">Where the object stands in the spec; empty for the spec itself.</param>
/// <param name="errors">Collects the mistakes.</param>
internal class SpecFields(JsonObject json, string path, List<SpecError> errors)
{
    /// <summary>Makes a text fit for a message of one line: no characters that cannot be printed, an end cut off.</summary>
    public static string Shorten(string text, int maxLength = 80)
    {
        string printable = VisibleText.Of(text);
        return printable.Length <= maxLength ? printable : string.Concat(printable.AsSpan(0, maxLength - 3), "...");
    }

    /// <summary>Takes down every field of the object that nobody knows.</summary>
    public void RejectUnknown(IReadOnlyList<string> known)
    {
        foreach (string field in json.Select(property => property.Key).Where(field => !known.Contains(field) && !(path.Length == 0 && field == SpecSchema.Reference)))
            errors.Add(new SpecError(Shorten(PathOf(field)), $"unknown field{Suggestion.List(field, known)}"));
    }

    public string? RequiredText(string field, int maxLength) => Missing(field) ? null : Text(field, maxLength);

    public long? RequiredInteger(string field, long min, long max, string of = "") =>
        Missing(field) ? null : Integer(field, min, max, of);

    public double? RequiredNumberFromZero(string field, double max) => Missing(field) ? null : NumberFromZero(field, max);

    public string? Text(string field, int maxLength)
    {
        if (json[field] is not { } node)
            return null;
        if (node is not JsonValue value || !value.TryGetValue(out string? text))
            return Reject<string>(field, $"{Describe(node)} is not a string");
        // As JSON Schema counts: by code points.
        if (text.EnumerateRunes().Count() is var length && (length == 0 || length > maxLength))
            return Reject<string>(field, $"has {length} characters; expected 1 to {maxLength}");
        if (string.IsNullOrWhiteSpace(text))
            return Reject<string>(field, "is blank");
        return VisibleText.FirstHidden(text) is { } hidden
            ? Reject<string>(field, $"'{Shorten(text)}' has a character that cannot be seen: {hidden}")
            : text;
    }

    public long? Integer(string field, long min, long max, string of = "")
    {
        if (json[field] is not { } node)
            return null;
        string range = string.Create(CultureInfo.InvariantCulture, $"expected {min} to {max}{of}");
        if (node is not JsonValue value || value.GetValueKind() != JsonValueKind.Number)
            return Reject(field, $"{Describe(node)} is not a whole number; {range}");
        // 1e3 and 1000.0 are whole numbers too.
        if (!TryReadWhole(value, out long number))
            return Reject(field, $"{Describe(node)} is not a whole number in range; {range}");
        return number >= min && number <= max ? number : Reject(field, $"{Describe(node)} is out of range; {range}");
    }

    public bool? Boolean(string field)
    {
        if (json[field] is not { } node)
            return null;
        if (node is JsonValue value && value.TryGetValue(out bool flag))
            return flag;
        Reject(field, $"{Describe(node)} is neither true nor false");
        return null;
    }

    public double? PositiveNumber(string field, double max) => Number(
        field, number => number > 0 && number <= max, string.Create(CultureInfo.InvariantCulture, $"expected a number above 0 and up to {max}"));

    public double? NumberFromZero(string field, double max) => Number(
        field, number => number >= 0 && number <= max, string.Create(CultureInfo.InvariantCulture, $"expected a number of 0 to {max}"));

    private double? Number(string field, Func<double, bool> isInRange, string range)
    {
        if (json[field] is not { } node)
            return null;
        if (node is not JsonValue value || value.GetValueKind() != JsonValueKind.Number || !TryRead(value, out double number))
        {
            Reject(field, $"{Describe(node)} is not a number; {range}");
            return null;
        }

        if (isInRange(number))
            return number;
        Reject(field, $"{Describe(node)} is out of range; {range}");
        return null;
    }

    private static string Describe(JsonNode node) => Shorten(node.ToJsonString());

    // By way of its text: a number that a program put into the object has a type of its own, which need not be the one asked for.
    private static bool TryRead<T>(JsonValue value, out T number)
        where T : struct, INumber<T> =>
        T.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    private static bool TryReadWhole(JsonValue value, out long number)
    {
        number = 0;
        if (!TryRead(value, out decimal exact) || !decimal.IsInteger(exact) || exact < long.MinValue || exact > long.MaxValue)
            return false;
        number = (long)exact;
        return true;
    }

    private string PathOf(string field) => path.Length == 0 ? field : $"{path}.{field}";

    private bool Missing(string field)
    {
        if (json[field] is not null)
            return false;
        Reject(field, "is missing");
        return true;
    }

    private T? Reject<T>(string field, string message)
        where T : class
    {
        errors.Add(new SpecError(PathOf(field), message));
        return null;
    }

    private long? Reject(string field, string message)
    {
        Reject<string>(field, message);
        return null;
    }
}
