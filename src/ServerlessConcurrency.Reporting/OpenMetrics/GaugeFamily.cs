namespace ServerlessConcurrency.Reporting.OpenMetrics;

/// <summary>A figure of a series.</summary>
/// <param name="Name">Ends with the unit where there is one.</param>
/// <param name="Values">The figure, once for each set of further labels (written out, or empty); null where it is not known.</param>
internal sealed record GaugeFamily(string Name, string? Unit, string Help, Func<Series, IEnumerable<(string Labels, double? Value)>> Values)
{
    private const string Seconds = "seconds";
    private const string Ratio = "ratio";
    private const string Dollars = "dollars";

    public static IReadOnlyList<GaugeFamily> All { get; } =
    [
        new("sconc_runs", null, "Measured runs.", series => series.Runs.Count),
        new("sconc_runs_failed", null, "Measured runs that are not averaged in.", series => series.Runs.Count(run => !run.IsValid)),
        new("sconc_tasks", null, "Tasks of all runs.", series => series.Sum(run => run.Tasks)),
        new("sconc_tasks_failed", null, "Tasks that never succeeded or computed something else than the baseline did.", series => series.Sum(run => run.Failed)),
        new("sconc_retries", null, "Task attempts beyond the first.", series => series.Sum(run => run.Retried)),
        new("sconc_processes_lost", null, "Processes that died while they executed a run.", series => series.Sum(run => run.ProcessesLost)),
        new("sconc_wall_seconds", Seconds, "Wall time of all runs.", series => series.Sum(run => run.WallMs) / 1_000),
        new("sconc_cpu_seconds", Seconds, "Processor time of all runs, user and kernel.", series => series.Sum(run => run.CpuMs) / 1_000),
        new("sconc_context_switches", null, "Context switches of all runs.", series =>
        [
            ("kind=\"voluntary\"", series.Sum(run => run.ContextSwitches?.Voluntary)),
            ("kind=\"involuntary\"", series.Sum(run => run.ContextSwitches?.Involuntary)),
        ]),
        new("sconc_peak_memory_bytes", "bytes", "Largest resident set of a run, summed over its processes.", series => series.Runs.Max(run => (double?)run.PeakRssBytes)),
        new("sconc_run_median_seconds", Seconds, "Median wall time of a run.", series => series.Analysis?.MedianMs / 1_000),
        new("sconc_run_median_low_seconds", Seconds, "Lower end of the 95 % confidence interval of the median.", series => series.Analysis?.CiLowMs / 1_000),
        new("sconc_run_median_high_seconds", Seconds, "Upper end of the 95 % confidence interval of the median.", series => series.Analysis?.CiHighMs / 1_000),
        new("sconc_speedup_ratio", Ratio, "How many times as fast as one task after another.", series => series.Analysis?.Speedup),
        new("sconc_speedup_low_ratio", Ratio, "Lower end of the interval of the speed-up.", series => series.Analysis?.SpeedupLow),
        new("sconc_speedup_high_ratio", Ratio, "Upper end of the interval of the speed-up.", series => series.Analysis?.SpeedupHigh),
        new("sconc_cost_per_million_tasks_dollars", Dollars, "Cost of a million tasks by hosting plan, in sustained and in sporadic use.", series =>
        [
            .. Costs("sustained", series.Analysis?.CostPerMillionTasks),
            .. Costs("sporadic", series.Analysis?.SporadicCostPerMillionTasks),
        ]),
    ];

    private GaugeFamily(string name, string? unit, string help, Func<Series, double?> value)
        : this(name, unit, help, series => [("", value(series))])
    {
    }

    private static IEnumerable<(string Labels, double? Value)> Costs(string use, IReadOnlyDictionary<string, double>? costs) =>
        (costs ?? new Dictionary<string, double>()).Select(cost => ($"plan={OpenMetricsText.Quoted(cost.Key)},use=\"{use}\"", (double?)cost.Value));
}
