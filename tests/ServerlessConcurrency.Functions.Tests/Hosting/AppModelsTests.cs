using System.Text.Json.Nodes;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Durable.Runs;
using ServerlessConcurrency.Durable.Tests.InMemory;
using ServerlessConcurrency.Functions.Hosting;

namespace ServerlessConcurrency.Functions.Tests.Hosting;

public sealed class AppModelsTests
{
    [Fact]
    public void The_app_knows_all_ten_models_and_every_workload()
    {
        Assert.Equal(
            ["async", "durable", "durable-batch", "event-loop", "gil-threads", "processes", "queue", "sequential", "thread-pool", "threads"],
            AppModels.Rules.Models.Order(StringComparer.Ordinal));
        Assert.All(
            ["primes", "sha256", "matmul", "delay", "http", "file", "blob", "mixed"],
            kind => Assert.Equal(kind, AppModels.Rules.Workloads.Get(kind).Kind));
    }

    [Fact]
    public void Models_over_several_hosts_have_the_degree_that_was_asked_for_or_one_for_each_processor()
    {
        string[] models = ["processes", "queue", "durable", "durable-batch"];
        ExperimentSpec spec = SmallExperiment.Spec(models);

        Assert.All(ExperimentPlans.Of(SmallExperiment.Document(spec with { Degree = 5 })).MeasuredRound(1), run => Assert.Equal(5, run.Degree));
        Assert.All(ExperimentPlans.Of(SmallExperiment.Document(spec with { Degree = null })).MeasuredRound(1), run => Assert.Equal(2, run.Degree));
    }

    [Fact]
    public void Cold_starts_are_refused()
    {
        var json = JsonNode.Parse("""{ "workloads": [ { "kind": "primes", "size": 50, "tasks": 4 } ], "coldStart": true }""")!.AsObject();

        SpecResult result = SpecReader.Read(json, AppModels.Rules);

        Assert.Equal("coldStart", Assert.Single(result.Errors).Field);
        Assert.Contains("for the local engine", result.Errors[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_plan_depends_on_the_experiment_alone()
    {
        ExperimentDocument document = SmallExperiment.Document(SmallExperiment.Spec([.. AppModels.Rules.Models]));

        Assert.Equal(ExperimentPlans.Of(document).MeasuredRound(3), ExperimentPlans.Of(document).MeasuredRound(3));
        Assert.NotEqual(
            ExperimentPlans.Of(document).MeasuredRound(3).Select(run => run.Model), ExperimentPlans.Of(document).MeasuredRound(4).Select(run => run.Model));
    }
}
