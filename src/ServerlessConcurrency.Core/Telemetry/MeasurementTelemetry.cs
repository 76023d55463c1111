using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ServerlessConcurrency.Core.Telemetry;

/// <summary>Where spans and metrics come from; nothing of them is made while nobody listens.</summary>
public static class MeasurementTelemetry
{
    /// <summary>The name of the source of spans and of the meter.</summary>
    public const string Name = "ServerlessConcurrency";

    /// <summary>How the root of a trace begins its name: the span of an experiment.</summary>
    public const string RootName = "experiment ";

    internal static ActivitySource Source { get; } = new(Name);

    internal static Meter Meter { get; } = new(Name);
}
