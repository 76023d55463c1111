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

    /// <summary>Whether a character is seen where it stands. The joiners of emoji and of scripts are part of what is seen.</summary>
    public static bool IsVisible(char character) => character is '\u200C' or '\u200D' || char.GetUnicodeCategory(character)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    /// <summary>What to call a character that is not seen, e.g. <c>U+202E (RIGHT-TO-LEFT OVERRIDE)</c>.</summary>
    public static string NameOf(char character) => string.Create(
        CultureInfo.InvariantCulture, $"U+{(int)character:X4}{(Names.TryGetValue(character, out string? name) ? $" ({name})" : "")}");

    /// <summary>The text with a picture in place of each control character, and U+FFFD in place of whatever else is not seen.</summary>
    public static string Of(string text)
    {
        if (text.All(IsVisible))
            return text;
        var visible = new StringBuilder(text.Length);
        foreach (char character in text)
            visible.Append(IsVisible(character) ? character : character < ' ' ? (char)(ControlPictures + character) : Replacement);
        return visible.ToString();
    }
}
