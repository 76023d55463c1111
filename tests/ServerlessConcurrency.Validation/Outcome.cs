namespace ServerlessConcurrency.Validation;

/// <summary>What was promised and what was found.</summary>
/// <param name="What">What was looked at.</param>
/// <param name="Promise">What is promised, e.g. <c>at most 5 %</c>.</param>
/// <param name="Found">What was found, e.g. <c>1.5 % (3 of 200)</c>.</param>
/// <param name="Holds">Whether the promise was kept.</param>
internal sealed record Outcome(string What, string Promise, string Found, bool Holds)
{
    /// <summary>A share that must not be exceeded.</summary>
    public static Outcome AtMost(string what, double bound, int count, int of) => new(
        what, FormattableString.Invariant($"at most {bound:0.#%}"), Share(count, of), count <= bound * of);

    /// <summary>A share that must be reached.</summary>
    public static Outcome AtLeast(string what, double bound, int count, int of) => new(
        what, FormattableString.Invariant($"at least {bound:0.#%}"), Share(count, of), count >= bound * of);

    /// <summary>A share of which nothing is promised.</summary>
    public static Outcome Information(string what, int count, int of) => AtLeast(what, 0, count, of) with { Promise = "(for information)" };

    private static string Share(int count, int of) => FormattableString.Invariant($"{(double)count / of:0.0%} ({count} of {of})");
}
