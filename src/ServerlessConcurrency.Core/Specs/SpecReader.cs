using System.Text.Json;
using System.Text.Json.Nodes;

namespace ServerlessConcurrency.Core.Specs;

/// <summary>Reads a spec from JSON and finds every mistake in it at once. Never throws on bad input.</summary>
public static class SpecReader
{
    /// <summary>The largest spec, in bytes: 1 MiB, some thousand times what a spec needs.</summary>
    public const int MaxBytes = 1024 * 1024;

    private static readonly JsonDocumentOptions DocumentOptions = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
        MaxDepth = 16,
    };

    /// <summary>Reads JSON text as an object, without looking at its fields yet.</summary>
    /// <param name="utf8">The text in UTF-8, with or without a byte order mark.</param>
    /// <param name="error">What is wrong with it as a whole; null if nothing is.</param>
    /// <returns>The object, or null with an error.</returns>
    public static JsonObject? ParseObject(ReadOnlySpan<byte> utf8, out SpecError? error) =>
        ParseObject(utf8, "with at least the field 'workloads'", out error);

    /// <summary>Reads JSON text as an object of another kind.</summary>
    internal static JsonObject? ParseObject(ReadOnlySpan<byte> utf8, string expected, out SpecError? error)
    {
        if (utf8.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            utf8 = utf8[3..];
        error = null;
        if (utf8.Length > MaxBytes)
            error = TooLarge(utf8.Length);
        else if (utf8.Trim(" \t\r\n"u8).IsEmpty)
            error = new SpecError("", $"is empty; expected a JSON object {expected}");
        if (error is not null)
            return null;
        try
        {
            JsonNode? node = JsonNode.Parse(utf8, documentOptions: DocumentOptions);
            ReadEveryText(utf8);
            if (node is JsonObject spec)
                return spec;
            error = new SpecError("", $"is not a JSON object; expected one {expected}");
        }
        catch (JsonException exception)
        {
            string place = exception.LineNumber is { } line
                ? $" at line {line + 1}, byte {(exception.BytePositionInLine ?? 0) + 1}"
                : "";
            string reason = SpecFields.Shorten(exception.Message.Split(". ", 2)[0].TrimEnd('.'), 200);
            error = new SpecError("", $"is not valid JSON{place}: {reason}");
        }
        catch (InvalidOperationException)
        {
            error = new SpecError("", "is not valid JSON: a text in it is not valid UTF-8, or escapes half of a surrogate pair");
        }

        return null;
    }

    /// <summary>Reads JSON text as a spec.</summary>
    /// <param name="utf8">The text in UTF-8, with or without a byte order mark.</param>
    /// <param name="rules">What the engine knows.</param>
    /// <returns>The spec, or every mistake in it.</returns>
    public static SpecResult Read(ReadOnlySpan<byte> utf8, SpecRules rules)
    {
        JsonObject? spec = ParseObject(utf8, out SpecError? error);
        return spec is null ? new SpecResult(null, [error!]) : Read(spec, rules);
    }

    /// <summary>Reads a JSON object as a spec.</summary>
    /// <param name="spec">The object.</param>
    /// <param name="rules">What the engine knows.</param>
    /// <returns>The spec, or every mistake in it.</returns>
    public static SpecResult Read(JsonObject spec, SpecRules rules) => new SpecValidation(rules).Read(spec);

    // Parsing leaves texts as they are; a broken one would throw only when it is looked at.
    private static void ReadEveryText(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions
        {
            CommentHandling = DocumentOptions.CommentHandling,
            AllowTrailingCommas = DocumentOptions.AllowTrailingCommas,
            MaxDepth = DocumentOptions.MaxDepth,
        });
        while (reader.Read())
            if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String)
                _ = reader.GetString();
    }

    /// <summary>The error for a spec over <see cref="MaxBytes"/>, for callers that look at a file's length before they read it.</summary>
    /// <param name="bytes">How large it is; null where it was not read to its end.</param>
    /// <returns>The error.</returns>
    public static SpecError TooLarge(long? bytes) =>
        new("", FormattableString.Invariant($"has {Bytes(bytes, MaxBytes)}; a spec has at most {MaxBytes:N0}"));

    internal static string Bytes(long? bytes, int most) => bytes is { } known ? FormattableString.Invariant($"{known:N0} bytes") : FormattableString.Invariant($"more than {most:N0} bytes");
}
