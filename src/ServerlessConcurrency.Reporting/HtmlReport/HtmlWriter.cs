using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Xml;

namespace ServerlessConcurrency.Reporting.HtmlReport;

/// <summary>
/// Writes HTML so that nothing is forgotten to be encoded: the literal parts of an interpolated string are markup, and every
/// value in it is text. The result is also well-formed XML.
/// </summary>
/// <param name="output">Where the markup goes.</param>
internal sealed class HtmlWriter(StringBuilder output)
{
    /// <summary>Writes markup with encoded values.</summary>
    /// <param name="markup">The markup; the handler has written it when this method is called.</param>
    /// <returns>This writer.</returns>
    public HtmlWriter Write([InterpolatedStringHandlerArgument("")] ref Markup markup) => this;

    /// <summary>Writes markup that is known to be safe, e.g. the style sheet.</summary>
    /// <param name="markup">The markup.</param>
    public void WriteRaw(string markup) => output.Append(markup);

    private void WriteText(string text) => output.Append(HtmlEncoder.Default.Encode(Printable(text)));

    private static string Printable(string text) =>
        text.All(IsPrintable) ? text : string.Concat(text.Select(c => IsPrintable(c) ? c : '\uFFFD'));

    // Control characters are not allowed in XML, not even as references; the encoder sees to broken surrogate pairs.
    private static bool IsPrintable(char c) => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c);

    /// <summary>Takes an interpolated string apart.</summary>
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
