using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace ServerlessConcurrency.Durable.Hub;

/// <summary>
/// The names of the local engine's task hubs, which tell their age. Durable Functions allows 3 to 45 letters and digits
/// (https://learn.microsoft.com/azure/azure-functions/durable/durable-functions-task-hubs#task-hub-names).
/// </summary>
internal static partial class TaskHubName
{
    private const int MostOfPrefix = 16;
    private const string TimeFormat = "yyMMddHHmmss";
    private const int RandomDigits = 6;

    /// <summary>How many characters follow <see cref="Begin"/>.</summary>
    public static int RestLength => TimeFormat.Length + RandomDigits;

    /// <param name="prefix">What every name in the storage account begins with; may be empty.</param>
    public static string Create(string prefix, DateTimeOffset now) =>
        Begin(prefix) + now.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture) + RandomNumberGenerator.GetHexString(RandomDigits, lowercase: true);

    /// <summary>What all of them begin with.</summary>
    public static string Begin(string prefix) => (prefix.Length <= MostOfPrefix ? prefix : Abbreviated(prefix)) + "sconchub";

    /// <summary>When a hub was made; null where that is not the name of one.</summary>
    public static DateTimeOffset? Created(string prefix, string name) =>
        name.StartsWith(Begin(prefix), StringComparison.Ordinal)
        && Rest().Match(name[Begin(prefix).Length..]) is { Success: true } rest
        && DateTimeOffset.TryParseExact(
            rest.Groups[1].Value, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset created)
            ? created
            : null;

    // Another prefix that begins alike is another one here, too.
    private static string Abbreviated(string prefix) =>
        prefix[..(MostOfPrefix / 2)] + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(prefix)))[..(MostOfPrefix / 2)];

    [GeneratedRegex("^([0-9]{12})[0-9a-f]{6}\\z")]
    private static partial Regex Rest();
}
