using System.Text.RegularExpressions;
using FsCheck.Xunit;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.OwnCode;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Workloads;

namespace ServerlessConcurrency.Core.Tests.Plans;

public sealed class ExperimentPlanTests
{
    private static readonly WorkloadCatalog Workloads = new(BuiltInWorkloads.Create(new WorkloadEnvironment()));

    [Property]
    public void Every_round_has_every_workload_under_every_model_exactly_once(byte workloads, byte models, byte round, long seed)
    {
        ExperimentSpec spec = Spec((workloads % 16) + 1, (models % 6) + 1, seed);
        ExperimentPlan plan = Plan(spec);

        IReadOnlyList<PlannedRun> runs = plan.MeasuredRound(round + 1);

        Assert.Equal(spec.Workloads.Count * spec.Models.Count, plan.RunsPerRound);
        Assert.Equal(
            spec.Workloads.SelectMany(_ => spec.Models, (workload, model) => (workload.Size, model)).Order(),
            runs.Select(run => (run.Workload.Size, run.Model)).Order());
        Assert.All(runs, run => Assert.Equal((round + 1, false), (run.Round, run.IsWarmup)));
        Assert.All(plan.WarmupRound(round + 1), run => Assert.True(run.IsWarmup));
    }

    [Property]
    public void A_plan_is_a_function_of_its_spec(byte workloads, byte models, byte round, long seed)
    {
        ExperimentSpec spec = Spec((workloads % 16) + 1, (models % 6) + 1, seed);

        Assert.Equal(Plan(spec).MeasuredRound(round + 1), Plan(spec).MeasuredRound(round + 1));
        Assert.Equal(Plan(spec).WarmupRound(round + 1), Plan(spec).WarmupRound(round + 1));
    }

    [Fact]
    public void Rounds_warm_ups_and_seeds_each_have_an_order_of_their_own()
    {
        // 24 runs have 24! orders: two that agree by chance are out of the question.
        var orders = new HashSet<string>();
        for (long seed = 0; seed < 20; seed++)
        {
            ExperimentPlan plan = Plan(Spec(4, 6, seed));
            for (int round = 1; round <= 20; round++)
            {
                Assert.True(orders.Add(Order(plan.MeasuredRound(round))));
                Assert.True(orders.Add(Order(plan.WarmupRound(round))));
            }
        }
    }

    [Fact]
    public void Every_run_comes_first_about_equally_often()
    {
        ExperimentPlan plan = Plan(Spec(1, 6, seed: 42));

        IEnumerable<int> first = Enumerable.Range(1, 1_000).GroupBy(round => plan.MeasuredRound(round)[0].Model).Select(runs => runs.Count());

        // Binomial with n = 1,000 and p = 1/6: mean 167, standard deviation 12; the plan is deterministic, so this cannot flicker.
        Assert.All(first, count => Assert.InRange(count, 167 - 60, 167 + 60));
        Assert.Equal(6, first.Count());
    }

    [Fact]
    public void Two_versions_follow_one_another_and_either_comes_first_as_often_as_not()
    {
        ExperimentSpec spec = Spec(2, 3, seed: 42);
        var plan = new ExperimentPlan(
            spec with { Workloads = [.. spec.Workloads, .. spec.Workloads.Select(workload => workload with { Kind = EarlierVersion.NameOf("primes") })] },
            new WorkloadCatalog([.. Workloads.All, new EarlierVersion(Workloads.Get("primes"))]),
            KnownModels.All,
            processors: 8);

        PlannedRun[][] pairs = [.. Enumerable.Range(1, 200).SelectMany(round => plan.MeasuredRound(round).Chunk(2))];

        Assert.All(pairs, pair =>
        {
            Assert.Equal((pair[0].Model, pair[0].Workload.Size), (pair[1].Model, pair[1].Workload.Size));
            Assert.Equal(["primes", EarlierVersion.NameOf("primes")], pair.Select(run => run.Workload.Kind).Order());
        });
        // Binomial with n = 1,200 and p = 1/2: standard deviation 17; the plan is deterministic, so this cannot flicker.
        Assert.InRange(pairs.Count(pair => pair[0].Workload.Kind == "primes"), 600 - 60, 600 + 60);
    }

    [Fact]
    public void Run_ids_are_unique_sort_by_time_and_are_safe_in_table_keys()
    {
        ExperimentPlan plan = Plan(Spec(16, 6, seed: 42));
        string[] measured = [.. new[] { 1, 2, 9, 10, 99, 999, 1_000 }.SelectMany(plan.MeasuredRound).Select(run => run.RunId)];
        string[] warmup = [.. new[] { 1, 2, 1_000 }.SelectMany(plan.WarmupRound).Select(run => run.RunId)];

        Assert.Equal(measured.Length + warmup.Length, measured.Concat(warmup).Distinct().Count());
        Assert.Equal(measured.Order(StringComparer.Ordinal), measured);
        Assert.All(measured.Concat(warmup), id => Assert.Matches(new Regex("^[rw][0-9]{4}-[0-9]{3}$"), id));
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(7, 4)]
    public void The_degree_of_the_spec_holds_for_models_that_have_one_up_to_the_number_of_tasks(int asked, int degree)
    {
        ExperimentPlan plan = Plan(Spec(1, 6, seed: 42) with { Degree = asked });

        Assert.All(plan.MeasuredRound(1), run => Assert.Equal(run.Model is "sequential" or "event-loop" ? 1 : degree, run.Degree));
    }

    [Theory]
    [InlineData("primes", "threads", 8)]
    [InlineData("delay", "threads", 32)]
    [InlineData("delay", "gil-threads", 32)]
    [InlineData("mixed", "thread-pool", 32)]
    [InlineData("primes", "async", 8)]
    [InlineData("delay", "sequential", 1)]
    public void Without_one_each_model_takes_its_default(string kind, string model, int expected)
    {
        var spec = new ExperimentSpec { Workloads = [new WorkloadSpec(kind, 1, 100)], Models = [model] };

        Assert.Equal(expected, Assert.Single(Plan(spec).MeasuredRound(1)).Degree);
    }

    [Theory]
    [InlineData(null, null, "sequential 1/1, threads 32/32, event-loop 1/100, async 8/100, processes 8/8")]
    [InlineData(null, 100, "sequential 1/1, threads 100/100, event-loop 1/100, async 100/100, processes 100/100")]
    [InlineData(50, null, "sequential 1/1, threads 50/50, event-loop 1/50, async 8/50, processes 8/8")]
    [InlineData(50, 16, "sequential 1/1, threads 16/16, event-loop 1/50, async 16/50, processes 16/16")]
    [InlineData(4, 16, "sequential 1/1, threads 4/4, event-loop 1/4, async 4/4, processes 4/4")]
    [InlineData(1_000, null, "sequential 1/1, threads 100/100, event-loop 1/100, async 8/100, processes 8/8")]
    public void Every_run_says_its_degree_and_how_many_tasks_are_in_flight(int? inFlight, int? degree, string expected)
    {
        var spec = new ExperimentSpec
        {
            Workloads = [new WorkloadSpec("delay", 1, 100)],
            Models = ["sequential", "threads", "event-loop", "async", "processes"],
            InFlight = inFlight,
            Degree = degree,
        };

        Dictionary<string, PlannedRun> runs = Plan(spec).MeasuredRound(1).ToDictionary(run => run.Model);

        Assert.Equal(expected, string.Join(", ", spec.Models.Select(model => $"{model} {runs[model].Degree}/{runs[model].InFlight}")));
        Assert.All(runs.Values, run => Assert.Equal(run.InFlight, run.Order("20260131-093000-test", spec).InFlight));
    }

    [Fact]
    public void The_planned_runs_include_the_warm_up() =>
        Assert.Equal((2 + 5) * 12, Plan(Spec(2, 6, seed: 1) with { WarmupRounds = 2, Rounds = 5 }).PlannedRuns);

    private static ExperimentPlan Plan(ExperimentSpec spec) => new(spec, Workloads, KnownModels.All, processors: 8);

    private static ExperimentSpec Spec(int workloads, int models, long seed) => new()
    {
        Workloads = [.. Enumerable.Range(1, workloads).Select(size => new WorkloadSpec("primes", size, 4))],
        Models = [.. BuiltInModels.Create().Take(models).Select(model => model.Id)],
        Seed = seed,
    };

    private static string Order(IEnumerable<PlannedRun> runs) => string.Join(' ', runs.Select(run => $"{run.Workload.Size}{run.Model}"));
}
