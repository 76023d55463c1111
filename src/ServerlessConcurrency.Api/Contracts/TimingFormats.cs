using ServerlessConcurrency.Reporting;
using ServerlessConcurrency.Reporting.Exporting;
using ServerlessConcurrency.Reporting.Trace;

namespace ServerlessConcurrency.Api.Contracts;

/// <summary>The formats of timings: the trace has a route of its own, the others are asked for by name; the first of them is the default.</summary>
internal static class TimingFormats
{
    public static ITimingExporter Trace { get; } = Exporters.Timings.Single(exporter => exporter is TraceExporter);

    public static IReadOnlyList<ITimingExporter> Tables { get; } = [.. Exporters.Timings.Where(exporter => exporter != Trace)];
}
