using System.Text.Json;
using System.Text.RegularExpressions;

namespace ServerlessConcurrency.Storage.Azurite;

/// <summary>The version of Azurite this program is tested with: the one in the repository's package-lock.json.</summary>
internal static partial class AzuriteVersion
{
    private static readonly Lazy<string> Locked = new(() =>
    {
        using Stream resource = Resource("package-lock.json");
        using JsonDocument document = JsonDocument.Parse(resource);
        return document.RootElement.GetProperty("packages").GetProperty("node_modules/azurite").GetProperty("version").GetString()!;
    });

    public static string Expected => Locked.Value;

    /// <summary>Whether another version will do: of the same major version, and not older.</summary>
    public static bool Accepts(string? other) =>
        Numbers(other) is { } found && Numbers(Expected) is { } expected && found.Major == expected.Major && found >= expected;

    public static Stream Resource(string name) =>
        typeof(AzuriteVersion).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"resource {name} is missing from the assembly");

    private static Version? Numbers(string? text) =>
        Form().Match(text ?? "") is { Success: true } match && Version.TryParse(match.Value, out Version? version) ? version : null;

    [GeneratedRegex(@"^[0-9]+\.[0-9]+\.[0-9]+")]
    private static partial Regex Form();
}
