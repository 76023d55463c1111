using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Reporting.Exporting;
using ServerlessConcurrency.Reporting.OpenMetrics;

namespace ServerlessConcurrency.Reporting.Tests;

public sealed class OpenMetricsTests
{
    [Fact]
    public async Task Figures_are_those_of_the_document_in_base_units()
    {
        SampleExperiment sample = SampleExperiment.Create();
        ModelAnalysis[] priced = [.. sample.Document.Analysis.Select(kind => kind with { CostPerMillionTasks = new Dictionary<string, double> { ["flex-consumption"] = 1.5 } })];

        IReadOnlyDictionary<string, OpenMetricsFamily> families = await WriteAsync(sample.Document with { Analysis = priced }, sample.Timings);

        foreach (ModelAnalysis kind in priced)
        {
            RunResult[] runs = [.. sample.Document.Runs.Where(run => (run.Workload, run.Model) == (kind.Workload, kind.Model))];
            Assert.Equal(runs.Length, Value("sconc_runs"));
            Assert.Equal(runs.Sum(run => run.Tasks), Value("sconc_tasks"));
            Assert.Equal(runs.Sum(run => run.CpuMs!.Value) / 1_000, Value("sconc_cpu_seconds"), 1e-9);
            Assert.Equal(runs.Sum(run => run.ContextSwitches!.Voluntary!.Value), Value("sconc_context_switches", ("kind", "voluntary")));
            Assert.Equal(runs.Max(run => run.PeakRssBytes!.Value), Value("sconc_peak_memory_bytes"));
            Assert.Equal(kind.MedianMs / 1_000, Value("sconc_run_median_seconds"));
            Assert.Equal(kind.CiHighMs / 1_000, Value("sconc_run_median_high_seconds"));
            Assert.Equal(kind.Speedup!.Value, Value("sconc_speedup_ratio"));
            Assert.Equal(1.5, Value("sconc_cost_per_million_tasks_dollars", ("plan", "flex-consumption"), ("use", "sustained")));

            double Value(string family, params (string Name, string Value)[] further) => Assert.Single(families[family].Samples, found => Has(found,
                [("experiment", sample.Document.Id), ("workload", kind.Workload), ("size", $"{kind.Size}"), ("model", kind.Model), ("degree", $"{kind.Degree}"), .. further])).Value;
        }

        Assert.All(families.Values, family => Assert.Equal(family.Unit.Length > 0, family.Name.EndsWith($"_{family.Unit}", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Task_attempts_are_counted_by_how_long_they_waited_and_took()
    {
        RunTimings run = SampleRun.Of(
            SampleRun.Timing(0, started: 0.25, finished: 0.75),
            SampleRun.Timing(1, started: 5.25, finished: 105.25),
            // Of a machine whose clock is behind.
            SampleRun.Timing(2, started: -1, finished: 0));

        IReadOnlyDictionary<string, OpenMetricsFamily> families = await WriteAsync(SampleExperiment.Create(rounds: 1).Document with { Analysis = [] }, [run]);

        Assert.Equal([("0.0005", 1), ("0.001", 2), ("0.05", 2), ("0.1", 3), ("+Inf", 3)], Counts("sconc_task_duration_seconds", "0.0005", "0.001", "0.05", "0.1", "+Inf"));
        Assert.Equal([("1e-05", 2), ("0.005", 3)], Counts("sconc_task_queue_wait_seconds", "1e-05", "0.005"));
        Assert.Equal(0.1015, Assert.Single(families["sconc_task_duration_seconds"].Samples, sample => sample.Name == "_sum").Value, 1e-9);

        IEnumerable<(string, double)> Counts(string family, params string[] bounds) =>
            bounds.Select(bound => (bound, Assert.Single(families[family].Samples, sample => Has(sample, [("le", bound)])).Value));
    }

    [Fact]
    public async Task What_is_not_known_is_left_out()
    {
        RunTimings run = SampleRun.Of(SampleRun.Timing());

        IReadOnlyDictionary<string, OpenMetricsFamily> families =
            await WriteAsync(SampleExperiment.Create(rounds: 1).Document with { Analysis = [] }, [run, run with { Run = run.Run with { CpuMs = null } }]);

        Assert.Equal(2, Assert.Single(families["sconc_runs"].Samples).Value);
        Assert.Empty(families["sconc_cpu_seconds"].Samples);
        Assert.Empty(families["sconc_peak_memory_bytes"].Samples);
        Assert.Empty(families["sconc_speedup_ratio"].Samples);
    }

    [Theory]
    [InlineData("say \"hi\"} 1\n# EOF")]
    [InlineData("C:\\new\\\\\"")]
    [InlineData("größe 🚀, model=\"x\"")]
    public async Task Names_of_any_characters_come_back_as_they_were(string name)
    {
        RunTimings run = SampleRun.Of(SampleRun.Timing());
        run = run with { Run = run.Run with { Workload = name, Model = name } };

        IReadOnlyDictionary<string, OpenMetricsFamily> families = await WriteAsync(SampleExperiment.Create(rounds: 1).Document with { Analysis = [] }, [run]);

        Assert.All(families.Values.SelectMany(family => family.Samples), sample => Assert.True(Has(sample, [("workload", name), ("model", name)])));
    }

    [Fact]
    public async Task What_commands_a_terminal_is_made_visible()
    {
        RunTimings run = SampleRun.Of(SampleRun.Timing());

        IReadOnlyDictionary<string, OpenMetricsFamily> families =
            await WriteAsync(SampleExperiment.Create(rounds: 1).Document with { Analysis = [] }, [run with { Run = run.Run with { Model = "th\u001b[31m\r\n\u202e\u009b" } }]);

        Assert.Equal("th␛[31m␍\n\ufffd\ufffd", Assert.Single(families["sconc_runs"].Samples).Labels["model"]);
    }

    [Fact]
    public async Task Half_a_surrogate_pair_leaves_the_file_readable()
    {
        RunTimings run = SampleRun.Of(SampleRun.Timing());

        IReadOnlyDictionary<string, OpenMetricsFamily> families =
            await WriteAsync(SampleExperiment.Create(rounds: 1).Document, [run with { Run = run.Run with { Workload = HostileText.Value } }]);

        Assert.Contains(families["sconc_runs"].Samples, sample => sample.Labels["workload"] == HostileText.Value.Replace('\ud800', '\ufffd').Replace('\u0001', '␁'));
    }

    [Fact]
    public async Task An_experiment_without_runs_is_a_document_without_samples() =>
        Assert.All(
            (await WriteAsync(SampleExperiment.Create(rounds: 1).Document with { Analysis = [] }, [])).Values, family => Assert.Empty(family.Samples));

    private static bool Has(OpenMetricsSample sample, IEnumerable<(string Name, string Value)> labels) =>
        labels.All(label => sample.Labels.GetValueOrDefault(label.Name) == label.Value);

    private static async Task<IReadOnlyDictionary<string, OpenMetricsFamily>> WriteAsync(ExperimentDocument document, IEnumerable<RunTimings> runs)
    {
        using var output = new MemoryStream();
        ITimingExporter exporter = new OpenMetricsExporter();
        await using (ITimingWriter writer = exporter.Begin(document, output))
            foreach (RunTimings run in runs)
                await writer.WriteAsync(run);
        return OpenMetricsParser.Parse(Written.Text(output));
    }
}
