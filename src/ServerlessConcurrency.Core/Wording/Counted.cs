using System.Globalization;

namespace ServerlessConcurrency.Core.Wording;

/// <summary>A number of things in words.</summary>
public static class Counted
{
    /// <summary>E.g. <c>1 run</c>, <c>12 runs</c> or <c>1,000 activities</c>.</summary>
    /// <param name="noun">One of them.</param>
    /// <param name="nouns">Several; null: the noun with an s, or with es behind another.</param>
    public static string Of(long number, string noun, string? nouns = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:N0} {(number == 1 ? noun : nouns ?? noun + (noun.EndsWith('s') ? "es" : "s"))}");
}
