using ServerlessConcurrency.Core.Costs;
using ServerlessConcurrency.Core.Prices;

namespace ServerlessConcurrency.Reporting.Results;

/// <summary>What a reader of costs has to know.</summary>
public static class CostText
{
    /// <summary>What the costs hold for, and what is left out.</summary>
    public const string Caveat =
        "The time is that of the machine measured, not of an instance of the plan: one of Flex Consumption has about 0.25, 1 and 2 cores at " +
        "512, 2,048 and 4,096 MB. Instances count for the time they execute functions. Storage requests are included, as counted or, for Durable " +
        "Functions, as measured on Azurite. Free grants, always-ready and idle instances, and what idle instances poll are left out.";

    /// <summary>What sustained work is, as a title.</summary>
    public const string Sustained = "Sustained: run after run without a pause";

    /// <summary>What sporadic work is, as a title.</summary>
    public const string Sporadic = "Sporadic: each run an invocation of its own, on Flex Consumption billed for a second at least";

    /// <summary>Choices as lines, e.g. <c>cheapest: async on Consumption, 20.3 ms a run here, $0.02 per million tasks</c>.</summary>
    public static IEnumerable<string> Choices(IReadOnlyList<CostChoice> choices) => choices.Select(choice =>
        $"{choice.Aim}: {choice.Model} on {choice.Plan.Name}, {Figures.Milliseconds(choice.MedianMs)} ms a run on this machine, ${Figures.Dollars(choice.Cost)} per million tasks");

    /// <summary>Where the prices come from, in one sentence.</summary>
    public static string Of(PriceList prices)
    {
        string text = $"Prices of {prices.Region}, {prices.Date}: {prices.Source}";
        return prices.Override is not { } replaced
            ? $"{text}."
            : $"{text}; replaced by {replaced.Source}{Place(replaced)}: {string.Join(", ", replaced.Fields)}.";
    }

    private static string Place(PriceOverride replaced)
    {
        string[] known = [.. new[] { replaced.Region, replaced.Date }.OfType<string>()];
        return known.Length == 0 ? "" : $" ({string.Join(", ", known)})";
    }
}
