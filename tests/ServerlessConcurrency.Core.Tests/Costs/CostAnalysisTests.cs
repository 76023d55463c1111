using System.Text.Json;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Costs;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Measurement;
using ServerlessConcurrency.Core.Prices;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Core.Tests.Costs;

public sealed class CostAnalysisTests
{
    [Fact]
    public void A_cost_is_the_median_over_the_valid_runs()
    {
        ExperimentDocument document = ExperimentConclusion.Draw(Document(
            Costing.Run("threads", 2_000) with { Round = 1 },
            Costing.Run("threads", 10_000) with { Round = 2 },
            Costing.Run("threads", 3_000) with { Round = 3 },
            Costing.Run("threads", 90_000) with { Round = 4, Failed = 1 }));

        // 2 GB for 3 s and an execution, for 100 tasks: $0.0001204 each run.
        Assert.Equal(1.204, Assert.Single(document.Analysis).CostPerMillionTasks["flex-2048"], 9);
        Assert.Equal(1.204, document.Analysis[0].SporadicCostPerMillionTasks["flex-2048"], 9);
        Assert.Equal(HostingPlans.All.Select(plan => plan.Id).Order(), document.Analysis[0].CostPerMillionTasks.Keys.Order());
        Assert.Equal(Costing.Prices, document.Prices);
    }

    [Fact]
    public void Sustained_work_of_short_runs_is_billed_by_its_time_and_sporadic_work_by_the_least_of_a_use()
    {
        ExperimentDocument document = ExperimentConclusion.Draw(Document(Costing.Run("threads", 100), Costing.Run("sequential", 200)));
        ModelAnalysis threads = document.Analysis.Single(model => model.Model == "threads");
        ModelAnalysis sequential = document.Analysis.Single(model => model.Model == "sequential");

        // Half the time, and executions at the same price.
        Assert.Equal(
            2, (sequential.CostPerMillionTasks["flex-2048"] - 0.004) / (threads.CostPerMillionTasks["flex-2048"] - 0.004), 6);
        // A second each.
        Assert.Equal(sequential.SporadicCostPerMillionTasks["flex-2048"], threads.SporadicCostPerMillionTasks["flex-2048"], 9);
        Assert.True(threads.SporadicCostPerMillionTasks["flex-2048"] > 9 * threads.CostPerMillionTasks["flex-2048"]);
    }

    [Fact]
    public void Beside_the_recommended_model_stand_the_cheapest_and_the_balanced_of_all_models_and_plans()
    {
        ExperimentDocument document = Document() with
        {
            Recommendation = [new("primes", 1_000, "threads", "")],
            Analysis =
            [
                Analysis("threads", medianMs: 50, ("flex-512", 3), ("consumption", 2)),
                Analysis("async", medianMs: 100, ("flex-512", 1), ("consumption", 1.5)),
                Analysis("processes", medianMs: 55, ("flex-512", 1.1)),
                Analysis("gil-threads", medianMs: 1, ("flex-512", 0.1)),
            ],
        };

        Assert.Equal(
            [("recommended", "threads", "consumption"), ("cheapest", "async", "flex-512"), ("balanced", "processes", "flex-512")],
            CostChoice.Of(document, "primes", 1_000).Select(choice => (choice.Aim, choice.Model, choice.Plan.Id)));
        Assert.Empty(CostChoice.Of(document with { Recommendation = [] }, "primes", 1_000));
    }

    [Fact]
    public void Storage_requests_are_part_of_the_cost_on_every_plan()
    {
        ExperimentDocument without = ExperimentConclusion.Draw(Document(Costing.Run("threads", 2_000)));
        ExperimentDocument with = ExperimentConclusion.Draw(Document(
            Costing.Run("threads", 2_000) with { StorageRequests = new StorageRequests(Blobs: 0, Queues: 1_000, Tables: 0) }));

        // 10 requests a task, 10 million for a million tasks, at $0.01 for 10,000.
        Assert.All(HostingPlans.All, plan => Assert.Equal(
            10, with.Analysis[0].CostPerMillionTasks[plan.Id] - without.Analysis[0].CostPerMillionTasks[plan.Id], 9));
    }

    [Fact]
    public void Actions_of_the_Durable_Task_Scheduler_are_charged_on_every_plan_where_it_is_the_backend()
    {
        ExperimentDocument storage = Document(Costing.Run("durable", 2_000) with { TaskTimes = new TaskTimes(1, 20, 2_000, 2_400) });
        ModelAnalysis with = Assert.Single(ExperimentConclusion.Draw(
            storage with { Environment = storage.Environment with { DurableBackend = DurableBackends.TaskScheduler } }).Analysis);
        ModelAnalysis without = Assert.Single(ExperimentConclusion.Draw(storage).Analysis);

        Assert.Equal((2.01, null), (with.SchedulerActionsPerTask, without.SchedulerActionsPerTask));
        // 2.01 actions at $50 for a million, in place of 8.1 requests to queues at $0.01 for 10,000 and 2.2 to tables at $0.001.
        Assert.All(HostingPlans.All, plan => Assert.Equal(
            100.5 - 8.1 - 0.22, with.CostPerMillionTasks[plan.Id] - without.CostPerMillionTasks[plan.Id], 9));
    }

    [Fact]
    public void Of_plans_that_are_paid_for_while_nothing_runs_only_sustained_work_has_a_cost()
    {
        ModelAnalysis threads = Assert.Single(ExperimentConclusion.Draw(Document(Costing.Run("threads", 2_000))).Analysis);

        Assert.Equal(["flex-512", "flex-2048", "flex-4096", "consumption"], threads.SporadicCostPerMillionTasks.Keys);
        // 2 GB for 2 s and an execution, for 100 tasks.
        Assert.Equal(0.563, threads.CostPerMillionTasks["flex-2048-always-ready"], 9);
    }

    [Fact]
    public void What_cannot_be_computed_is_left_out()
    {
        ExperimentDocument document = ExperimentConclusion.Draw(Document(Costing.Run("durable", 2_000), Costing.Run("threads", 2_000)));

        Assert.Empty(document.Analysis.Single(model => model.Model == "durable").CostPerMillionTasks);
        Assert.NotEmpty(document.Analysis.Single(model => model.Model == "threads").CostPerMillionTasks);
    }

    [Fact]
    public void Without_prices_of_its_own_a_document_gets_those_of_the_program_and_names_them()
    {
        ExperimentDocument document = ExperimentConclusion.Draw(Document(Costing.Run("threads", 2_000)) with { Prices = null });

        // 2 GB for 2 s at $0.000026 and an execution at $0.0000004, for 100 tasks.
        Assert.Equal(1.044, document.Analysis[0].CostPerMillionTasks["flex-2048"], 9);
        Assert.Equal(PriceList.Embedded, document.Prices);
    }

    [Fact]
    public void The_prices_of_a_document_survive_JSON()
    {
        ExperimentDocument document = ExperimentConclusion.Draw(Document(Costing.Run("threads", 2_000)));

        string json = JsonSerializer.Serialize(document, ExperimentJson.Compact);
        ExperimentDocument again = JsonSerializer.Deserialize<ExperimentDocument>(json, ExperimentJson.Compact)!;

        Assert.Equal(Costing.Prices.Values, again.Prices!.Values);
        Assert.Equal((Costing.Prices.Region, Costing.Prices.Date), (again.Prices.Region, again.Prices.Date));
        Assert.DoesNotContain("\"sources\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_analysis_no_prices_are_named() =>
        Assert.Null(ExperimentConclusion.Draw(Document() with { Prices = null }).Prices);

    private static ModelAnalysis Analysis(string model, double medianMs, params (string Plan, double Cost)[] costs) => new()
    {
        Workload = "primes",
        Size = 1_000,
        Model = model,
        Degree = 1,
        Rounds = 6,
        MedianMs = medianMs,
        CiLowMs = medianMs,
        CiHighMs = medianMs,
        CpuMs = null,
        CostPerMillionTasks = costs.ToDictionary(cost => cost.Plan, cost => cost.Cost),
    };

    private static ExperimentDocument Document(params RunResult[] runs) => new()
    {
        Id = "20260131-093000-k7qd",
        Status = ExperimentStatus.Completed,
        StartedAt = DateTimeOffset.UnixEpoch,
        Spec = new ExperimentSpec { Workloads = [new("primes", 1_000, 100)], Models = ["threads"] },
        Environment = new EnvironmentInfo("", "", 2, "", EngineNames.Local),
        Progress = new ExperimentProgress(runs.Length, runs.Length, null),
        Runs = runs,
        Prices = Costing.Prices,
    };
}
