using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace ServerlessConcurrency.Core.Documents;

/// <summary>
/// Experiment ids: the UTC second in which the experiment was started and four random letters or digits, e.g.
/// <c>20260131-093000-k7qd</c>. They sort by time and are safe in file names, table keys and URLs.
/// </summary>
public static partial class ExperimentId
{
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>Makes a new id.</summary>
    /// <param name="startedAt">When the experiment was started.</param>
    /// <returns>The id.</returns>
    public static string Create(DateTimeOffset startedAt) => string.Create(
        CultureInfo.InvariantCulture,
        $"{startedAt.UtcDateTime:yyyyMMdd-HHmmss}-{RandomNumberGenerator.GetString(Alphabet, 4)}");

    /// <summary>Whether a text has the form of an id.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>True for the form of <see cref="Create"/>.</returns>
    public static bool IsValid(string? text) => text is not null && Form().IsMatch(text);

    [GeneratedRegex("^[0-9]{8}-[0-9]{6}-[a-z0-9]{4}\\z")]
    private static partial Regex Form();
}
