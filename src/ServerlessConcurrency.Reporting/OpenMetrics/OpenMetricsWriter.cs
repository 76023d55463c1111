using System.Globalization;
using System.Text;
using ServerlessConcurrency.Core.Analysis;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Reporting.Rows;

namespace ServerlessConcurrency.Reporting.OpenMetrics;

/// <summary>Sums up runs and writes the sums at the end: the samples of a family must stand together.</summary>
internal sealed class OpenMetricsWriter : TimingWriter
{
    private readonly string _experiment;
    private readonly List<Series> _all = [];
    private readonly Dictionary<(string Workload, long Size, string Model), Series> _series = [];
    private Series? _current;

    public OpenMetricsWriter(string experimentId, IReadOnlyList<ModelAnalysis> analysis, Stream output)
        : base(output)
    {
        _experiment = OpenMetricsText.Quoted(experimentId);
        foreach (ModelAnalysis kind in analysis)
            Add(new Series(kind.Workload, kind.Size, kind.Model, kind.Degree) { Analysis = kind });
    }

    protected override void Begin()
    {
    }

    protected override void BeginRun(RunTimings run)
    {
        RunResult result = run.Run;
        _current = _series.GetValueOrDefault((result.Workload, result.Size, result.Model))
            ?? Add(new Series(result.Workload, result.Size, result.Model, result.Degree));
        _current.Runs.Add(result);
    }

    protected override void WriteRow(RunTimings run, int row) => _current!.Add(run.Timings[row]);

    protected override void End()
    {
        foreach (GaugeFamily family in GaugeFamily.All)
        {
            BeginFamily(family.Name, "gauge", family.Unit, family.Help);
            foreach (Series series in _all)
                foreach ((string labels, double? value) in family.Values(series))
                    if (value is { } known)
                        Sample(family.Name, series, labels, OpenMetricsText.Number(known));
        }

        WriteHistograms("sconc_task_queue_wait_seconds", "How long task attempts waited until they began.", series => series.QueueWait);
        WriteHistograms("sconc_task_duration_seconds", "How long task attempts were executed.", series => series.Duration);
        Line("# EOF");
    }

    private Series Add(Series series)
    {
        _all.Add(series);
        _series.Add((series.Workload, series.Size, series.Model), series);
        return series;
    }

    private void WriteHistograms(string name, string help, Func<Series, Histogram> histogram)
    {
        BeginFamily(name, "histogram", "seconds", help);
        foreach (Series series in _all)
        {
            Histogram durations = histogram(series);
            foreach ((double bound, long count) in durations.Cumulative())
                Sample($"{name}_bucket", series, $"le=\"{OpenMetricsText.Number(bound)}\"", Whole(count));
            Sample($"{name}_sum", series, "", OpenMetricsText.Number(durations.Sum));
            Sample($"{name}_count", series, "", Whole(durations.Count));
        }
    }

    private void BeginFamily(string name, string type, string? unit, string help)
    {
        Line($"# TYPE {name} {type}");
        if (unit is not null)
            Line($"# UNIT {name} {unit}");
        Line($"# HELP {name} {help}");
    }

    private void Sample(string name, Series series, string labels, string value)
    {
        string further = labels.Length == 0 ? "" : "," + labels;
        Line(string.Create(CultureInfo.InvariantCulture,
            $"{name}{{experiment={_experiment},workload={OpenMetricsText.Quoted(series.Workload)},size=\"{series.Size}\",model={OpenMetricsText.Quoted(series.Model)},degree=\"{series.Degree}\"{further}}} {value}"));
    }

    private void Line(string text) => Encoding.UTF8.GetBytes(text + "\n", Output);

    private static string Whole(long count) => count.ToString(CultureInfo.InvariantCulture);
}
