namespace ServerlessConcurrency.Reporting.Trace;

/// <summary>
/// trace.json: every task attempt on a timeline, in the JSON array form of the Chrome trace event format ("Trace Event
/// Format", Google), for Perfetto and chrome://tracing. Both accept an array without its closing bracket.
/// </summary>
public sealed class TraceExporter : ITimingExporter
{
    /// <inheritdoc/>
    public string Format => "trace";

    /// <inheritdoc/>
    public string FileName => "trace.json";

    /// <inheritdoc/>
    public string MediaType => "application/json";

    /// <inheritdoc/>
    public ITimingWriter Begin(string experimentId, Stream output) => new TraceWriter(experimentId, output);
}
