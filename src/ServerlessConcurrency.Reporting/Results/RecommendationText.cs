using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Reporting.Results;

/// <summary>A recommendation in words: the answer, then why, then what to do.</summary>
public static class RecommendationText
{
    /// <summary>The answer in a word, e.g. <c>threads</c>, or <c>Undecided: threads or async</c>.</summary>
    public static string Answer(Recommendation recommendation) => recommendation switch
    {
        { Model: null } => "No recommendation",
        { IsDecided: false, Candidates.Count: > 1 } => $"Undecided: {string.Join(" or ", recommendation.Candidates)}",
        { IsDecided: false, Next: not null } => $"{recommendation.Model}, not certain",
        _ => recommendation.Model,
    };

    /// <summary>Why, and what to do, in sentences.</summary>
    public static string Explanation(Recommendation recommendation)
    {
        string choice = recommendation is { IsDecided: false, Candidates.Count: > 1 }
            ? $" Take {recommendation.Model} for now: it is the simplest of them."
            : "";
        string next = recommendation.Next is { } step ? $" Next: {step}." : "";
        return $"{Capital.Of(recommendation.Reason)}.{choice}{next}";
    }
}
