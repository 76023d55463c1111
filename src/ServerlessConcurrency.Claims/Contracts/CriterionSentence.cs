using ServerlessConcurrency.Core.Claims;
using ServerlessConcurrency.Reporting.Claims;
using ServerlessConcurrency.Reporting.Results;

namespace ServerlessConcurrency.Claims.Contracts;

/// <summary>Says what was seen of a criterion in a plain sentence.</summary>
internal static class CriterionSentence
{
    /// <param name="sentence">Makes it from the figure, e.g. <c>0.98 times (0.95 to 1.01)</c>.</param>
    public static ClaimCriterion Saying(this ClaimCriterion criterion, Func<string, string> sentence) =>
        criterion with { Sentence = sentence(ClaimText.Figure(criterion)) };

    /// <summary>Something that happens in every trial.</summary>
    /// <param name="statement">The condition.</param>
    /// <param name="seen">What was seen, e.g. <c>All tasks finished</c>.</param>
    public static ClaimCriterion Always(string statement, string seen, int occurrences, int trials) =>
        ClaimCriterion.Always(statement, occurrences, trials).Saying(_ => $"{seen} in {Share(occurrences, trials)} trials.");

    /// <summary>How many of all, e.g. <c>58 of 60</c>.</summary>
    public static string Share(int occurrences, int trials) => $"{Figures.Count(occurrences)} of {Figures.Count(trials)}";
}
