using ServerlessConcurrency.Core.Prices;

namespace ServerlessConcurrency.Reporting.Results;

/// <summary>What a reader of costs has to know.</summary>
public static class CostText
{
    /// <summary>What the costs hold for, and what is left out.</summary>
    public const string Caveat =
        "The time is that of the machine measured, not of an instance of the plan: one of Flex Consumption has about 0.25, 1 and 2 cores at " +
        "512, 2,048 and 4,096 MB. Instances count for the time they execute functions, on Flex Consumption for a second at least: models whose " +
        "runs are shorter cost the same there. Storage requests are included, as counted or, for Durable Functions, as measured on Azurite. Free " +
        "grants, always-ready and idle instances, and what idle instances poll are left out.";

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
