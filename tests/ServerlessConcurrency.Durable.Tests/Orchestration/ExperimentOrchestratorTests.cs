using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Models;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Durable.Orchestration;
using ServerlessConcurrency.Durable.Runs;
using ServerlessConcurrency.Durable.Tests.InMemory;

namespace ServerlessConcurrency.Durable.Tests.Orchestration;

public sealed class ExperimentOrchestratorTests
{
    [Fact(Timeout = TestApp.Guard)]
    public async Task It_walks_exactly_the_runs_of_the_plan_in_their_order_and_one_round_in_each_generation()
    {
        ExperimentSpec spec = SmallExperiment.Spec([.. KnownModels.All.Select(model => model.Id)]) with { Rounds = 3, WarmupRounds = 2 };
        await using var app = new TestApp();
        var scripted = new ScriptedRuns(app);

        ExperimentDocument ended = await app.RunAsync(spec);

        ExperimentPlan plan = ExperimentPlans.Of(SmallExperiment.Document(spec));
        PlannedRun[] planned =
        [
            .. plan.WarmupRound(1), .. plan.WarmupRound(2), .. plan.MeasuredRound(1), .. plan.MeasuredRound(2), .. plan.MeasuredRound(3),
        ];
        // What a warm-up fan-out executes is stored nowhere, so that it has no trace but its orchestration.
        Assert.Equal(
            planned.Where(run => !(run.IsWarmup && run.Model.StartsWith("durable", StringComparison.Ordinal))), scripted.Runs);
        Assert.All(
            planned.Where(run => run.Model.StartsWith("durable", StringComparison.Ordinal)),
            run => Assert.NotEmpty(app.Log.GenerationsOf($"{SmallExperiment.Id}:{run.RunId}")));
        Assert.Equal(planned.Where(run => !run.IsWarmup).Select(run => run.RunId), ended.Runs.Select(run => run.RunId));

        IReadOnlyList<Generation> generations = app.Log.GenerationsOf(SmallExperiment.Id);
        Assert.Equal(5, generations.Count);
        // Each run is a call, a queue run two; then comes the next generation, or the analysis.
        Assert.All(generations, generation => Assert.Equal(plan.RunsPerRound + 1 + 1, generation.Calls.Count));
        Assert.Equal((ExperimentStatus.Completed, null), (ended.Status, ended.Error));
        Assert.Equal(new ExperimentProgress(50, 50, null), ended.Progress);
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task An_experiment_with_real_tasks_is_analysed_and_all_its_models_compute_the_same()
    {
        ExperimentSpec spec = SmallExperiment.Spec("sequential", "threads", "async", "durable", "durable-batch") with { Rounds = 3 };
        await using var app = new TestApp();

        ExperimentDocument ended = await app.RunAsync(spec);

        Assert.Equal((ExperimentStatus.Completed, 15), (ended.Status, ended.Runs.Count));
        Assert.All(ended.Runs, run => Assert.True(run.IsValid, $"{run}"));
        Assert.Single(ended.Runs.Select(run => run.Checksum).Distinct());
        Assert.Equal(5, ended.Analysis.Count);
        Assert.Contains("report.html", app.Memory.Files());
        Assert.NotNull(ended.FinishedAt);
        Assert.Equal(15 * 6, app.Memory.RowsWritten);
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task The_custom_status_shows_progress()
    {
        ExperimentSpec spec = SmallExperiment.Spec("sequential", "threads");
        await using var app = new TestApp();
        var scripted = new ScriptedRuns(app);

        await app.RunAsync(spec);

        ExperimentProgress[] statuses = [.. app.Log.Statuses.Cast<ExperimentProgress>()];
        Assert.Equal(Enumerable.Range(0, 6).Append(6), statuses.Select(status => status.RunsDone).Distinct());
        Assert.All(statuses, status => Assert.Equal(6, status.RunsTotal));
        Assert.Equal(scripted.Runs.Select(run => run.ToString()), statuses.Select(status => status.CurrentRun).OfType<string>());
        Assert.Equal(statuses.Select(status => status.RunsDone).Order(), statuses.Select(status => status.RunsDone));
    }

    [Theory(Timeout = TestApp.Guard)]
    [InlineData(4, 4)]
    [InlineData(100, 6)]
    public async Task Precision_adds_rounds_until_it_is_reached_or_no_more_are_allowed(int preciseAfter, int expected)
    {
        ExperimentSpec spec = SmallExperiment.Spec("sequential", "threads") with { Precision = 0.05, Rounds = 2, MaxRounds = 6 };
        await using var app = new TestApp();
        _ = new ScriptedRuns(app);
        var asked = new List<int>();
        app.CheckEvidence = conclusion =>
        {
            asked.Add(conclusion.Rounds);
            return Task.FromResult(conclusion.Rounds >= preciseAfter);
        };

        ExperimentDocument ended = await app.RunAsync(spec);

        Assert.Equal(Enumerable.Range(2, Math.Min(expected, 5) - 1), asked);
        Assert.Equal(expected, ended.Runs.Max(run => run.Round));
        Assert.Equal(expected * 2, ended.Runs.Count);
        Assert.Equal(new ExperimentProgress((1 + expected) * 2, (1 + expected) * 2, null), ended.Progress);
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task Precision_is_judged_by_the_runs_that_were_kept()
    {
        ExperimentSpec spec = SmallExperiment.Spec("sequential", "threads") with { Precision = 0.05, Rounds = 6, MaxRounds = 20 };
        await using var app = new TestApp();
        // Every run takes the same time, so that it is known precisely as soon as there are rounds enough for an interval.
        _ = new ScriptedRuns(app);

        ExperimentDocument ended = await app.RunAsync(spec);

        Assert.Equal((ExperimentStatus.Completed, 6), (ended.Status, ended.Runs.Max(run => run.Round)));
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task No_round_begins_after_the_time_budget()
    {
        ExperimentSpec spec = SmallExperiment.Spec("sequential", "threads") with { Precision = 0.05, Rounds = 10, TimeBudgetSeconds = 7_000 };
        await using var app = new TestApp();
        _ = new ScriptedRuns(app);
        // A round takes an hour, and the warm-up does not count.
        app.Log.TimePassed = static (input, calls) => TimeSpan.FromHours(((ExperimentJourney)input!).RoundsDone + (calls >= 2 ? 1 : 0));

        ExperimentDocument ended = await app.RunAsync(spec);

        Assert.Equal((ExperimentStatus.Completed, 2), (ended.Status, ended.Runs.Max(run => run.Round)));
        Assert.Equal(new ExperimentProgress(6, 6, null), ended.Progress);
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task Many_rounds_complete_with_a_history_that_stays_small()
    {
        ExperimentSpec spec = SmallExperiment.Spec("sequential") with { Rounds = 200, WarmupRounds = 0, Workloads = [new("primes", 2, 1)] };
        await using var app = new TestApp();
        _ = new ScriptedRuns(app);

        ExperimentDocument ended = await app.RunAsync(spec);

        Assert.Equal((ExperimentStatus.Completed, 200), (ended.Status, ended.Runs.Count));
        Assert.Equal(Enumerable.Range(1, 200), ended.Runs.Select(run => run.Round));
        IReadOnlyList<Generation> generations = app.Log.GenerationsOf(SmallExperiment.Id);
        Assert.Equal(200, generations.Count);
        Assert.All(generations, generation => Assert.InRange(generation.Calls.Count, 2, 2));
        Assert.InRange(generations.Max(generation => generation.Calls.Max(call => call.Length)), 1, 4_000);
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task A_run_that_cannot_be_carried_out_ends_the_experiment_and_what_was_measured_is_kept()
    {
        ExperimentSpec spec = SmallExperiment.Spec("sequential", "threads") with { Rounds = 4, WarmupRounds = 0 };
        await using var app = new TestApp();
        int tries = 0;
        var scripted = new ScriptedRuns(app)
        {
            Before = (run, number) =>
            {
                if (number == 4)
                    throw new InvalidOperationException($"no such thing,\ntry {++tries}");
            },
        };

        ExperimentDocument ended = await app.RunAsync(spec);

        Assert.Equal((ExperimentStatus.Failed, "no such thing, try 4"), (ended.Status, ended.Error));
        Assert.Equal(scripted.Runs.Select(run => run.RunId), ended.Runs.Select(run => run.RunId));
        Assert.Equal(new ExperimentProgress(3, 8, null), ended.Progress);
        Assert.Contains("report.html", app.Memory.Files());
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task An_activity_that_fails_for_a_moment_does_not_end_the_experiment()
    {
        await using var app = new TestApp();
        int tries = 0;
        _ = new ScriptedRuns(app)
        {
            Before = (_, number) =>
            {
                if (number == 2 && ++tries < 4)
                    throw new StorageUnavailableException("the storage does not answer");
            },
        };

        ExperimentDocument ended = await app.RunAsync(SmallExperiment.Spec("sequential"));

        Assert.Equal((ExperimentStatus.Completed, 2, 4), (ended.Status, ended.Runs.Count, tries));
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task A_fan_out_that_cannot_be_stored_ends_the_experiment_with_its_error()
    {
        await using var app = new TestApp { RecordTimings = _ => throw new StorageUnavailableException("the storage does not answer") };

        ExperimentDocument ended = await app.RunAsync(SmallExperiment.Spec("durable"));

        Assert.Equal(ExperimentStatus.Failed, ended.Status);
        Assert.Contains("the storage does not answer", ended.Error);
        Assert.Empty(ended.Runs);
    }

    [Fact(Timeout = TestApp.Guard)]
    public async Task A_run_that_was_kept_already_is_not_measured_again()
    {
        await using var app = new TestApp();
        ExperimentDocument document = SmallExperiment.Document(SmallExperiment.Spec("sequential"));
        await app.Store.SaveAsync(document);
        PlannedRun run = ExperimentPlans.Of(document).MeasuredRound(1)[0];

        await app.RunInFunction(new RunRequest(document, run));
        RunResult first = Assert.Single(await app.Journal.ReadRunsAsync(SmallExperiment.Id, [run], default));
        await app.RunInFunction(new RunRequest(document, run));

        Assert.Equal(first, Assert.Single(await app.Journal.ReadRunsAsync(SmallExperiment.Id, [run], default)));
        Assert.Equal(6, app.Memory.RowsWritten);
    }
}
