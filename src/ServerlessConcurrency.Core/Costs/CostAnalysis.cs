using MathNet.Numerics.Statistics;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Prices;
using ServerlessConcurrency.Core.Runs;

namespace ServerlessConcurrency.Core.Costs;

/// <summary>The step of the analysis that says what a million tasks cost on each plan: a pure function of the document.</summary>
public static class CostAnalysis
{
    private const double Million = 1_000_000;

    /// <summary>
    /// Fills in <see cref="ModelAnalysis.CostPerMillionTasks"/> and <see cref="ModelAnalysis.SporadicCostPerMillionTasks"/>, the medians over the valid runs, by the document's own prices or else those that
    /// come with the program, and names them in the document.
    /// </summary>
    /// <returns>The same with costs; unchanged where nothing was analysed.</returns>
    public static ExperimentDocument Apply(ExperimentDocument document)
    {
        if (document.Analysis.Count == 0)
            return document;
        PriceList prices = document.Prices ?? PriceList.Embedded;
        ILookup<RunKind, RunResult> runs = document.Runs.Where(run => run.IsValid).ToLookup(run => run.Kind);
        return document with
        {
            Prices = prices,
            Analysis =
            [
                .. document.Analysis.Select(model =>
                {
                    RunUse?[] uses = [.. runs[model.Kind].Select(run => RunUse.Of(run, prices, document.Environment.DurableBackend))];
                    return model with
                    {
                        CostPerMillionTasks = PerMillionTasks(HostingPlans.All, [.. uses.Select(use => use?.Times(Million / use.Tasks))], prices),
                        SporadicCostPerMillionTasks = PerMillionTasks(HostingPlans.All.Where(plan => !plan.IsPaidWhileIdle), uses, prices),
                        SchedulerActionsPerTask = ActionsPerTask(uses),
                    };
                }),
            ],
        };
    }

    private static double? ActionsPerTask(IEnumerable<RunUse?> uses)
    {
        double[] each = [.. uses.OfType<RunUse>().Where(use => use.SchedulerActions > 0).Select(use => use.SchedulerActions / use.Tasks)];
        return each.Length == 0 ? null : each.Median();
    }

    private static Dictionary<string, double> PerMillionTasks(IEnumerable<IHostingPlan> plans, IReadOnlyList<RunUse?> uses, PriceList prices)
    {
        var costs = new Dictionary<string, double>();
        foreach (IHostingPlan plan in plans)
        {
            double?[] each = [.. uses.Select(use => use is null ? null : CostOf(use, plan, prices))];
            if (each.Length > 0 && each.All(cost => cost is not null))
                costs.Add(plan.Id, each.Select(cost => cost!.Value).Median());
        }

        return costs;
    }

    private static double? CostOf(RunUse use, IHostingPlan plan, PriceList prices) =>
        (plan.CostOf(use, prices) + StorageCost.Of(use, prices) + SchedulerCost.Of(use, prices)) / use.Tasks * Million;
}
