using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Models;

namespace ServerlessConcurrency.Core.Costs;

/// <summary>A model and a plan for a workload, and what they are good for.</summary>
/// <param name="Aim"><c>recommended</c>, <c>cheapest</c> or <c>balanced</c>.</param>
/// <param name="MedianMs">What a run takes, in ms, on the machine that was measured.</param>
/// <param name="Cost">What a million tasks of sustained work cost, in US dollars.</param>
public sealed record CostChoice(string Aim, string Model, IHostingPlan Plan, double MedianMs, double Cost)
{
    /// <summary>
    /// The choices for a workload and size. Recommended is the recommended model on the plan where it costs least: of models that may be as fast it is the
    /// simplest, so that the median of another may be shorter. Balanced is what has the lowest sum of time and cost, each relative to the largest (the
    /// strategy "balanced" of AWS Lambda Power Tuning, https://github.com/alexcasalboni/aws-lambda-power-tuning).
    /// </summary>
    /// <returns>Three choices; none where nothing is recommended or no cost is known.</returns>
    public static IReadOnlyList<CostChoice> Of(ExperimentDocument document, string workload, long size)
    {
        string? recommended = document.Recommendation.FirstOrDefault(each => each.Workload == workload && each.Size == size)?.Model;
        CostChoice[] all =
        [
            .. from model in document.Analysis
               where model.Workload == workload && model.Size == size && !KnownModels.Get(model.Model).IsDemonstration
               from plan in HostingPlans.All
               where model.CostPerMillionTasks.ContainsKey(plan.Id)
               select new CostChoice("", model.Model, plan, model.MedianMs, model.CostPerMillionTasks[plan.Id]),
        ];
        CostChoice[] own = [.. all.Where(choice => choice.Model == recommended)];
        if (own.Length == 0)
            return [];
        double longest = all.Max(choice => choice.MedianMs);
        double dearest = all.Max(choice => choice.Cost);
        return
        [
            own.MinBy(choice => choice.Cost)! with { Aim = "recommended" },
            all.MinBy(choice => choice.Cost)! with { Aim = "cheapest" },
            all.MinBy(choice => (choice.MedianMs / longest) + (choice.Cost / dearest))! with { Aim = "balanced" },
        ];
    }
}
