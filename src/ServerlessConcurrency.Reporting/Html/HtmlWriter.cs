using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Xml;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Reporting.Html;

/// <summary>
/// Writes HTML so that nothing is forgotten to be encoded: the literal parts of an interpolated string are markup, and every
/// value in it is text. The result is also well-formed XML.
/// </summary>
internal sealed class HtmlWriter(StringBuilder output)
{
    private readonly List<object> _drawings = [];

    /// <summary>What the page's script draws, as data.</summary>
    public IReadOnlyList<object> Drawings => _drawings;

    /// <summary>Hands over what the page's script draws.</summary>
    /// <returns>Its place in <see cref="Drawings"/>, by which the markup names it.</returns>
    public int Draw(object drawing)
    {
        _drawings.Add(drawing);
        return _drawings.Count - 1;
    }

    /// <summary>Writes markup with encoded values.</summary>
    public HtmlWriter Write([InterpolatedStringHandlerArgument("")] ref Markup markup) => this;

    /// <summary>Writes markup with encoded values, and ends the line.</summary>
    public void WriteLine([InterpolatedStringHandlerArgument("")] ref Markup markup) => output.Append('\n');

    /// <summary>Writes markup that is known to be safe, e.g. the style sheet.</summary>
    public void WriteRaw(string markup) => output.Append(markup);

    private void WriteText(string text) => output.Append(HtmlEncoder.Default.Encode(Printable(text)));

    /// <summary>The text with U+FFFD in place of what would not be seen where it stands.</summary>
    public static string Printable(string text) =>
        text.All(IsPrintable) ? text : string.Concat(text.Select(c => IsPrintable(c) ? c : '\uFFFD'));

    // Control characters are not allowed in XML, not even as references; the encoder sees to broken surrogate pairs. Others turn text around or hide in it.
    private static bool IsPrintable(char c) => char.IsSurrogate(c) || (XmlConvert.IsXmlChar(c) && (c < ' ' || VisibleText.IsVisible(c.ToString())));

    [InterpolatedStringHandler]
    internal readonly ref struct Markup
    {
        private readonly HtmlWriter _writer;

        public Markup(int literalLength, int formattedCount, HtmlWriter writer) => _writer = writer;

        public void AppendLiteral(string markup) => _writer.WriteRaw(markup);

        public void AppendFormatted(string? text) => _writer.WriteText(text ?? "");

        public void AppendFormatted<T>(T value)
            where T : IFormattable => _writer.WriteText(value.ToString(null, CultureInfo.InvariantCulture));
    }
}
