using System.Text.Json;
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
        Assert.Equal(HostingPlans.All.Select(plan => plan.Id).Order(), document.Analysis[0].CostPerMillionTasks.Keys.Order());
        Assert.Equal(Costing.Prices, document.Prices);
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
