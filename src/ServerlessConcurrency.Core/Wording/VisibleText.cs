using System.Globalization;
using System.Text;

namespace ServerlessConcurrency.Core.Wording;

/// <summary>Text from documents and servers that must not do anything but be read: to a terminal, control characters are commands.</summary>
public static class VisibleText
{
    private const char Replacement = '\uFFFD';
    private const int ControlPictures = 0x2400;

    // The names of the Unicode Character Database, version 16.0, of those that are used to deceive.
    private static readonly Dictionary<char, string> Names = new()
    {
        ['\u00AD'] = "SOFT HYPHEN",
        ['\u061C'] = "ARABIC LETTER MARK",
        ['\u200B'] = "ZERO WIDTH SPACE",
        ['\u200E'] = "LEFT-TO-RIGHT MARK",
        ['\u200F'] = "RIGHT-TO-LEFT MARK",
        ['\u202A'] = "LEFT-TO-RIGHT EMBEDDING",
        ['\u202B'] = "RIGHT-TO-LEFT EMBEDDING",
        ['\u202C'] = "POP DIRECTIONAL FORMATTING",
        ['\u202D'] = "LEFT-TO-RIGHT OVERRIDE",
        ['\u202E'] = "RIGHT-TO-LEFT OVERRIDE",
        ['\u2028'] = "LINE SEPARATOR",
        ['\u2029'] = "PARAGRAPH SEPARATOR",
        ['\u2060'] = "WORD JOINER",
        ['\u2066'] = "LEFT-TO-RIGHT ISOLATE",
        ['\u2067'] = "RIGHT-TO-LEFT ISOLATE",
        ['\u2068'] = "FIRST STRONG ISOLATE",
        ['\u2069'] = "POP DIRECTIONAL ISOLATE",
        ['\uFEFF'] = "ZERO WIDTH NO-BREAK SPACE",
    };

    private static readonly Lazy<string> LazyPattern = new(() =>
    {
        IEnumerable<string> others = Enumerable.Range(0x10000, 0x100000).Where(IsHidden).Select(char.ConvertFromUtf32);
        // What \S stands for, programs do not agree on.
        return $"^(?![\\s\\S]*(?:[{RangesOf(IsHidden)}]|{string.Join('|', others)}))[\\s\\S]*[^{RangesOf(value => char.IsWhiteSpace((char)value))}]";
    });

    /// <summary>
    /// What <see cref="IsVisible(string)"/> says of texts that are not blank, as a regular expression of ECMA-262, with or without its flag u, and of .NET.
    /// Beyond U+FFFF each character is named, as to some of them it is two, which no range can have.
    /// </summary>
    public static string Pattern => LazyPattern.Value;

    /// <summary>Whether every character is seen where it stands. The joiners of emoji and of scripts are part of what is seen.</summary>
    public static bool IsVisible(string text) => FirstHidden(text) is null;

    /// <summary>What to call the first character that is not seen, e.g. <c>U+202E (RIGHT-TO-LEFT OVERRIDE)</c>; null where all are.</summary>
    public static string? FirstHidden(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
            if (!IsVisible(rune))
                return NameOf(rune);
        return null;
    }

    private static string NameOf(Rune rune) => string.Create(
        CultureInfo.InvariantCulture, $"U+{rune.Value:X4}{(rune.IsBmp && Names.TryGetValue((char)rune.Value, out string? name) ? $" ({name})" : "")}");

    private static bool IsVisible(Rune rune) => rune.Value is 0x200C or 0x200D || Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    /// <summary>The text with a picture in place of each control character, and U+FFFD in place of whatever else is not seen.</summary>
    public static string Of(string text)
    {
        if (IsVisible(text))
            return text;
        var visible = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsVisible(rune))
                visible.Append(rune.ToString());
            else
                visible.Append(rune.Value < ' ' ? (char)(ControlPictures + rune.Value) : Replacement);
        }

        return visible.ToString();
    }

    private static string RangesOf(Predicate<int> isMeant)
    {
        var ranges = new StringBuilder();
        for (int first = 0; first <= char.MaxValue; first++)
        {
            int last = first;
            while (last <= char.MaxValue && isMeant(last))
                last++;
            if (last > first)
                ranges.Append(CultureInfo.InvariantCulture, $"\\u{first:x4}{(last - 1 > first ? $"-\\u{last - 1:x4}" : "")}");
            first = last;
        }

        return ranges.ToString();
    }

    private static bool IsHidden(int value) => Rune.IsValid(value) && !IsVisible(new Rune(value));
}
