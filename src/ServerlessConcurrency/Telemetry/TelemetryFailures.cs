using System.Diagnostics.Tracing;

namespace ServerlessConcurrency.Telemetry;

/// <summary>Notices whether the exporter failed: it tells nobody else.</summary>
internal sealed class TelemetryFailures : EventListener
{
    private const string Exporter = "OpenTelemetry-Exporter-OpenTelemetryProtocol";

    private volatile bool _any;

    public bool Any => _any;

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Exporter)
            EnableEvents(eventSource, EventLevel.Warning);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData) => _any = true;
}
