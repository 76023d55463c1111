using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Reporting.Exporting;
using ServerlessConcurrency.Reporting.HtmlReport;
using ServerlessConcurrency.Reporting.MarkdownReport;
using ServerlessConcurrency.Reporting.OpenMetrics;
using ServerlessConcurrency.Reporting.TimingsCsv;
using ServerlessConcurrency.Reporting.TimingsJson;
using ServerlessConcurrency.Reporting.TimingsParquet;
using ServerlessConcurrency.Reporting.Trace;

namespace ServerlessConcurrency.Reporting;

/// <summary>Every exporter. A new one is a class in its own folder and a line here.</summary>
public static class Exporters
{
    /// <summary>Made once, from the document, beside experiment.json.</summary>
    public static IReadOnlyList<IDocumentExporter<MeasurementDocument>> Reports { get; } =
    [
        new HtmlReportExporter(),
        new MarkdownReportExporter(),
    ];

    /// <summary>The same, of which no page runs a script: for mail and print.</summary>
    public static IReadOnlyList<IDocumentExporter<MeasurementDocument>> StaticReports { get; } =
    [
        new HtmlReportExporter(isStatic: true),
        new MarkdownReportExporter(),
    ];

    /// <summary>Written run by run: what <c>export</c> and the API offer.</summary>
    public static IReadOnlyList<ITimingExporter> Timings { get; } =
    [
        new TimingsCsvExporter(),
        new TraceExporter(),
        new TimingsJsonExporter(),
        new TimingsParquetExporter(),
        new OpenMetricsExporter(),
    ];

    /// <summary>Those that every experiment leaves in its folder; the others are made on request.</summary>
    public static IReadOnlyList<ITimingExporter> TimingsOfEveryRun { get; } = [.. Timings.Where(exporter => exporter.IsWrittenWhileRunning)];
}
