using System.Security.Cryptography;
using System.Text;

namespace ServerlessConcurrency.Api.Dashboard;

/// <summary>The dashboard: one page with its style and script, and a policy that lets nothing else of either in.</summary>
internal static class DashboardPage
{
    // Each goes on where the one before ends: together they are one module.
    private static readonly string[] Scripts =
    [
        "text.js", "elements.js", "server.js", "chart.js", "experiments.js", "fields.js", "start.js", "follow.js", "experiment.js", "trend.js", "comparison.js",
        "main.js",
    ];

    private static readonly string Style = Read("page.css");
    private static readonly string Script = string.Join('\n', Scripts.Select(Read));

    public static byte[] Content { get; } = Encoding.UTF8.GetBytes(Read("page.html")
        .Replace("<style></style>", $"<style>{Style}</style>", StringComparison.Ordinal)
        .Replace("""<script type="module"></script>""", $"""<script type="module">{Script}</script>""", StringComparison.Ordinal));

    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; script-src '{HashOf(Script)}'; style-src '{HashOf(Style)}'; img-src data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private static string HashOf(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    // Browsers hash what they have read, in which every line ends with a line feed.
    private static string Read(string file)
    {
        using Stream resource = typeof(DashboardPage).Assembly.GetManifestResourceStream($"dashboard/{file}")
            ?? throw new InvalidOperationException($"The resource dashboard/{file} is not part of the assembly.");
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
