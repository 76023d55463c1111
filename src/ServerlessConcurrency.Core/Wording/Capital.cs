namespace ServerlessConcurrency.Core.Wording;

/// <summary>The beginning of a sentence.</summary>
public static class Capital
{
    /// <summary>The text with a capital at its beginning, e.g. <c>Two runs failed</c>; an empty one as it is.</summary>
    public static string Of(string text) => text.Length == 0 ? text : $"{char.ToUpperInvariant(text[0])}{text[1..]}";
}
