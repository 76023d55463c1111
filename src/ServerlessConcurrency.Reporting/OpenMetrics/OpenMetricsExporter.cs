using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Reporting.Exporting;

namespace ServerlessConcurrency.Reporting.OpenMetrics;

/// <summary>
/// metrics.prom: figures by workload, size and model and histograms of the task attempts, in the text format of OpenMetrics 1.0. Every family is a
/// gauge or a histogram, and no sample has a timestamp: so Prometheus' older text format reads the file as well.
/// </summary>
public sealed class OpenMetricsExporter : ITimingExporter
{
    public string Format => "openmetrics";

    public string Description => "openmetrics (figures and histograms, for Prometheus)";

    public string FileName => "metrics.prom";

    public string MediaType => "application/openmetrics-text; version=1.0.0; charset=utf-8";

    public ITimingWriter Begin(string experimentId, Stream output) => new OpenMetricsWriter(experimentId, [], output);

    public ITimingWriter Begin(ExperimentDocument stored, Stream output) => new OpenMetricsWriter(stored.Id, stored.Analysis, output);
}
