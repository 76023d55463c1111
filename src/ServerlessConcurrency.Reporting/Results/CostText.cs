using System.Globalization;
using ServerlessConcurrency.Core.Costs;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Prices;

namespace ServerlessConcurrency.Reporting.Results;

/// <summary>What a reader of costs has to know.</summary>
public static class CostText
{
    private const string Caveat =
        "The time is that of the machine measured, not of an instance of the plan: one of Flex Consumption has about 0.25, 1 and 2 cores at " +
        "512, 2,048 and 4,096 MB. Instances count for the time they execute functions; always-ready instances and those of Elastic Premium are paid for " +
        "while they are idle, too, so that they have a cost of sustained work only. Free grants and what idle instances poll are left out. " +
        "Storage requests are included, as counted";

    /// <summary>What sustained work is, as a title.</summary>
    public const string Sustained = "Sustained: run after run without a pause";

    /// <summary>What sporadic work is, as a title.</summary>
    public const string Sporadic = "Sporadic: each run an invocation of its own, on Flex Consumption billed for a second at least";

    /// <summary>What the costs of an experiment hold for, what is left out, and where their prices come from.</summary>
    public static string Of(ExperimentDocument document, PriceList prices)
    {
        string[] actions =
        [
            .. from model in document.Analysis
               where model.SchedulerActionsPerTask is not null
               select string.Create(
                   CultureInfo.InvariantCulture, $"{model.Workload} {model.Size} under {model.Model} {model.SchedulerActionsPerTask:0.####}"),
        ];
        string durable = actions.Length == 0
            ? " or, for Durable Functions, as measured on Azurite."
            : $"; for Durable Functions the actions of the Durable Task Scheduler instead, for each task: {string.Join(", ", actions)}.";
        return $"{Caveat}{durable} {SourceOf(prices)}";
    }

    /// <summary>Choices as lines, e.g. <c>cheapest: async on Consumption, 20.3 ms a run here, $0.02 per million tasks</c>.</summary>
    public static IEnumerable<string> Choices(IReadOnlyList<CostChoice> choices) => choices.Select(choice =>
        $"{choice.Aim}: {choice.Model} on {choice.Plan.Name}, {Figures.Milliseconds(choice.MedianMs)} ms a run on this machine, ${Figures.Dollars(choice.Cost)} per million tasks");

    private static string SourceOf(PriceList prices)
    {
        string text = $"Prices of {prices.Region}, {prices.Date}: {prices.Source}";
        return $"{text}{Replaced(prices.Override)}.";
    }

    private static string Replaced(PriceOverride? replaced) => replaced is null
        ? ""
        : $"{Replaced(replaced.Earlier)}; replaced by {replaced.Source}{Place(replaced)}: {string.Join(", ", replaced.Fields)}";

    private static string Place(PriceOverride replaced)
    {
        string[] known = [.. new[] { replaced.Region, replaced.Date }.OfType<string>()];
        return known.Length == 0 ? "" : $" ({string.Join(", ", known)})";
    }
}
