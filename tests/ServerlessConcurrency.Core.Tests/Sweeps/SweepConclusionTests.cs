using System.Text.Json;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Engine;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Specs;
using ServerlessConcurrency.Core.Sweeps;
using ServerlessConcurrency.Core.Tests.Analysis;

namespace ServerlessConcurrency.Core.Tests.Sweeps;

public sealed class SweepConclusionTests
{
    private const int Rounds = 8;

    [Fact]
    public void Every_model_is_compared_with_sequential_and_every_two_that_swap_places_with_each_other()
    {
        // Both gain on sequential; threads starts ahead of processes and falls behind.
        SweepDocument sweep = Over(SweepVariable.Size, [10, 100, 1_000], value => new()
        {
            ["sequential"] = value,
            ["threads"] = 20 + (value / 2.0),
            ["processes"] = 30 + (value / 4.0),
        });

        Assert.Equal(
            [("threads", "sequential"), ("processes", "sequential"), ("processes", "threads")],
            sweep.BreakEvens.Select(found => (found.Model, found.Reference)));
        Assert.All(sweep.BreakEvens, found => Assert.Equal(BreakEvenOutcome.FasterFrom, found.Outcome));
        Assert.All(sweep.BreakEvens, found => Assert.InRange(found.Value!.Value, 10, 100));
        Assert.All(sweep.BreakEvens, found => Assert.Null(found.Size));
        Assert.Equal(9, sweep.Results.Count);
        Assert.Empty(sweep.Fits);
    }

    [Fact]
    public void Runs_that_are_not_valid_count_for_nothing()
    {
        SweepDocument sweep = Over(
            SweepVariable.Tasks,
            [1, 2],
            value => new() { ["sequential"] = 10, ["threads"] = 5 },
            run => run.Model == "threads" && run.Round <= 4 ? run with { Failed = 1, WallMs = 1_000 } : run);

        BreakEven found = Assert.Single(sweep.BreakEvens);
        Assert.All(found.Ratios, ratio => Assert.Equal(4, ratio.Rounds));
        Assert.All(found.Ratios, ratio => Assert.Equal(2, ratio.Ratio, 6));
        Assert.Equal(BreakEvenOutcome.Undecided, found.Outcome);
        Assert.Equal([1, 2], sweep.Findings.Where(finding => finding.Code == "invalid-runs").Select(finding => finding.Value));
    }

    [Fact]
    public void Only_values_that_were_measured_to_the_end_are_analysed()
    {
        (long, ExperimentDocument)[] experiments = Experiments([1, 2, 4], value => new() { ["sequential"] = 10 }, run => run);
        experiments[2].Item2 = experiments[2].Item2 with { Status = ExperimentStatus.Cancelled };

        SweepDocument sweep = SweepConclusion.Draw(Document(SweepVariable.Degree, [1, 2, 4, 8]), experiments);

        Assert.Equal([1, 2], sweep.Results.Select(entry => entry.Value));
        Assert.Equal([ExperimentStatus.Completed, ExperimentStatus.Completed, ExperimentStatus.Cancelled], sweep.Experiments.Select(one => one.Status));
        Assert.Contains("2 of 4 values", Assert.Single(sweep.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sweep_over_degree_fits_the_models_whose_degree_differs()
    {
        SweepDocument sweep = Over(
            SweepVariable.Degree,
            [1, 2, 4, 8],
            value => new() { ["sequential"] = 80, ["threads"] = (80.0 / value) + 2 });

        Assert.Equal(["sequential", "threads"], sweep.Fits.Select(fit => fit.Model));
        Assert.Equal("it ran at degree 1 whatever was asked for", sweep.Fits[0].NoFit);
        Assert.NotNull(sweep.Fits[1].Law);
        Assert.Equal(8, sweep.Fits[1].Extrapolation!.LargestMeasured);
        Assert.Contains("no measurement", sweep.Fits[1].Extrapolation!.Remark, StringComparison.Ordinal);
        Assert.Contains("1,000 separate instances", sweep.Fits[1].Extrapolation!.Remark, StringComparison.Ordinal);
    }

    [Fact]
    public void Degrees_that_were_asked_for_above_the_number_of_tasks_are_left_out_of_the_fit()
    {
        SweepDocument sweep = Over(
            SweepVariable.Degree,
            [1, 2, 4, 8, 16, 32],
            value => new() { ["threads"] = 80.0 / Math.Min(value, 8) },
            run => run with { Degree = Math.Min(run.Degree, run.Tasks) });

        ScalabilityFit fit = Assert.Single(sweep.Fits);
        Assert.Equal(8, fit.Extrapolation!.LargestMeasured);
        Assert.Contains("No more can work at once than the 8 tasks of a run; left out of the fit: 16, 32.", fit.Remarks);
    }

    [Fact]
    public void A_machine_that_becomes_slower_from_value_to_value_is_not_taken_for_contention()
    {
        Dictionary<long, double> slower = new() { [1] = 1, [2] = 1.1, [4] = 1.2, [8] = 1.4 };
        SweepDocument sweep = Over(
            SweepVariable.Degree,
            [1, 2, 4, 8],
            value => new() { ["sequential"] = 80 * slower[value], ["threads"] = 80 * slower[value] / value });

        ScalabilityFit fit = sweep.Fits.Single(fit => fit.Model == "threads");
        Assert.True(fit.IsDriftCorrected);
        Assert.False(sweep.Fits.Single(one => one.Model == "sequential").IsDriftCorrected);
        Assert.Equal((0.0, 0.0), (Math.Round(fit.Sigma!.Estimate, 6), Math.Round(fit.Kappa!.Estimate, 6)));
    }

    [Fact]
    public void Without_sequential_the_throughput_is_as_it_was_measured()
    {
        ScalabilityFit fit = Assert.Single(Over(SweepVariable.Degree, [1, 2, 4, 8], value => new() { ["threads"] = 80.0 / value }).Fits);

        Assert.False(fit.IsDriftCorrected);
        Assert.Equal(0.1 * 8 / 8 * 1000, fit.Points[0].TasksPerSecond, tolerance: 1);
    }

    [Fact]
    public void One_value_that_was_measured_to_the_end_says_nothing_of_the_degree_asked_for()
    {
        SweepDocument sweep = SweepConclusion.Draw(
            Document(SweepVariable.Degree, [1, 2, 4, 8]), Experiments([1], value => new() { ["sequential"] = 80, ["threads"] = 80 }, run => run));

        Assert.All(sweep.Fits, fit => Assert.Equal("1 distinct value was measured; 4 or more are needed", fit.NoFit));
    }

    [Fact]
    public void A_sweep_over_cores_says_for_which_instances_they_stand_in()
    {
        SweepDocument sweep = Over(SweepVariable.Cores, [1, 2], value => new() { ["sequential"] = 80 });

        Assert.Contains("1 core stands in for 2,048 MB, 2 cores for 4,096 MB", Assert.Single(sweep.Remarks), StringComparison.Ordinal);
        Assert.Equal(2_048, FlexInstanceSize.WithCores(1)!.MemoryMegabytes);
        Assert.Null(FlexInstanceSize.WithCores(3));
    }

    [Fact]
    public void The_document_survives_JSON()
    {
        SweepDocument sweep = Over(SweepVariable.Degree, [1, 2, 4, 8], value => new() { ["sequential"] = 80, ["threads"] = 80.0 / value });

        string json = JsonSerializer.Serialize(sweep, ExperimentJson.Compact);

        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<SweepDocument>(json, ExperimentJson.Compact), ExperimentJson.Compact));
        Assert.Contains("\"over\":\"degree\"", json, StringComparison.Ordinal);
        Assert.Contains("\"outcome\":\"", json, StringComparison.Ordinal);
    }

    private static SweepDocument Over(
        SweepVariable over, long[] values, Func<long, Dictionary<string, double>> wallMs, Func<RunResult, RunResult>? change = null) =>
        SweepConclusion.Draw(Document(over, values), Experiments(values, wallMs, change ?? (run => run), over));

    private static (long, ExperimentDocument)[] Experiments(
        long[] values, Func<long, Dictionary<string, double>> wallMs, Func<RunResult, RunResult> change, SweepVariable over = SweepVariable.Degree) =>
    [
        .. values.Select(value => (value, ExperimentConclusion.Draw(Samples.Completed(0) with
        {
            Spec = Spec(wallMs(value).Keys) with { Workloads = [new("primes", over == SweepVariable.Size ? value : 1_000, 8)] },
            Runs =
            [
                .. wallMs(value).SelectMany(model => MeasuredRuns.Of(
                    model.Key, [.. Enumerable.Range(0, Rounds).Select(round => model.Value * (1 + (0.001 * round)))]))
                    .Select(run => change(run with
                    {
                        Size = over == SweepVariable.Size ? value : 1_000,
                        Degree = run.Model == "sequential" ? 1 : (int)value,
                    })),
            ],
        }))),
    ];

    private static SweepDocument Document(SweepVariable over, long[] values) => new()
    {
        Id = "20260131-093000-k7qd",
        Status = ExperimentStatus.Completed,
        StartedAt = Samples.Start,
        Spec = Spec(["sequential", "threads", "processes"]),
        Over = over,
        Values = values,
        Environment = Samples.Completed(0).Environment,
    };

    private static ExperimentSpec Spec(IEnumerable<string> models) =>
        new() { Workloads = [new("primes", 1_000, 8)], Models = [.. models] };
}
