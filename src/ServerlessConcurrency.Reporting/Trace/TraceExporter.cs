using ServerlessConcurrency.Reporting.Exporting;

namespace ServerlessConcurrency.Reporting.Trace;

/// <summary>
/// trace.json: every task attempt on a timeline, in the JSON array form of the Chrome trace event format ("Trace Event
/// Format", Google), for Perfetto and chrome://tracing. Both accept an array without its closing bracket.
/// </summary>
public sealed class TraceExporter : ITimingExporter
{
    public string Format => "trace";

    public string Description => "trace (Chrome trace event format, for Perfetto)";

    public string FileName => "trace.json";

    public string MediaType => "application/json";

    public bool IsWrittenWhileRunning => true;

    public ITimingWriter Begin(string experimentId, Stream output) => new TraceWriter(experimentId, output);
}
