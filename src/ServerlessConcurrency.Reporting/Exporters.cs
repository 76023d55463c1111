using ServerlessConcurrency.Reporting.ExperimentFile;
using ServerlessConcurrency.Reporting.HtmlReport;
using ServerlessConcurrency.Reporting.MarkdownReport;
using ServerlessConcurrency.Reporting.TimingsCsv;
using ServerlessConcurrency.Reporting.TimingsJson;
using ServerlessConcurrency.Reporting.Trace;

namespace ServerlessConcurrency.Reporting;

/// <summary>Every exporter. A new one is a class in its own folder and a line here.</summary>
public static class Exporters
{
    /// <summary>The files that are made once from the experiment's document.</summary>
    public static IReadOnlyList<IDocumentExporter> Documents { get; } =
    [
        new ExperimentFileExporter(),
        new HtmlReportExporter(),
        new MarkdownReportExporter(),
    ];

    /// <summary>The files that are written run by run.</summary>
    public static IReadOnlyList<ITimingExporter> Timings { get; } =
    [
        new TimingsCsvExporter(),
        new TraceExporter(),
        new TimingsJsonExporter(),
    ];
}
