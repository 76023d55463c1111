using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ServerlessConcurrency.Reporting.Html;

/// <summary>The frame of every report: one file with its style sheet, its script and the data for that, which may load nothing and run nothing else.</summary>
public static class HtmlPage
{
    private static readonly string StyleSheet = ReadResource("report.css");
    private static readonly string Script = ReadResource("report.js");

    private static readonly JsonSerializerOptions DataOptions = new(JsonSerializerDefaults.Web)
    {
        // Escapes what could end the element.
        Encoder = JavaScriptEncoder.Default,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new ShortNumber(), new PrintableText(), new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The Content-Security-Policy of reports: their own style sheet and script, by their hashes, and nothing else.</summary>
    public static string Policy { get; } = $"default-src 'none'; base-uri 'none'; form-action 'none'; script-src '{HashOf(Script)}'; style-src '{HashOf(StyleSheet)}'";

    private static string StaticPolicy { get; } = $"default-src 'none'; base-uri 'none'; form-action 'none'; style-src '{HashOf(StyleSheet)}'";

    /// <summary>Builds a page and saves it in UTF-8.</summary>
    /// <param name="output">Where to; is left open.</param>
    /// <param name="isStatic">Whether it has no script: for mail and print.</param>
    internal static async Task SaveAsync(string title, Action<HtmlWriter> content, Stream output, bool isStatic, CancellationToken cancellationToken)
    {
        var markup = new StringBuilder();
        Write(new HtmlWriter(markup), title, content, isStatic);
        var writer = new StreamWriter(output, leaveOpen: true);
        await using (writer.ConfigureAwait(false))
        {
            await writer.WriteAsync(markup, cancellationToken).ConfigureAwait(false);
            await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static void Write(HtmlWriter html, string title, Action<HtmlWriter> content, bool isStatic)
    {
        html.WriteLine(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            """);
        html.WriteRaw($"""<meta http-equiv="Content-Security-Policy" content="{(isStatic ? StaticPolicy : Policy)}"/>""");
        html.Write(
            $"""

            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="color-scheme" content="light dark"/>
            <title>{title} – ServerlessConcurrency</title>
            <style>
            """);
        html.WriteRaw(StyleSheet);
        html.WriteLine(
            $"""
            </style>
            </head>
            <body>
            <main>
            """);
        content(html);
        html.WriteLine($"</main>");
        if (!isStatic)
        {
            html.WriteRaw($"""<script type="application/json" id="data">{JsonSerializer.Serialize(html.Drawings, DataOptions)}</script>{"\n"}""");
            html.WriteRaw($"<script>{Script}</script>\n");
        }

        html.WriteLine(
            $"""
            </body>
            </html>
            """);
    }

    private static string HashOf(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    // Browsers hash what they read, in which lines end in one way.
    private static string ReadResource(string name)
    {
        using Stream resource = typeof(HtmlPage).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not part of the assembly.");
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private sealed class PrintableText : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(HtmlWriter.Printable(value));
    }

    // Whole numbers as they are, others with as many digits as a chart can show; what is no number is left to the script.
    private sealed class ShortNumber : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
                writer.WriteRawValue(value.ToString(double.IsInteger(value) && Math.Abs(value) < 1L << 53 ? "R" : "G9", CultureInfo.InvariantCulture));
            else
                writer.WriteNullValue();
        }
    }
}
