using ServerlessConcurrency.Reporting.Exporting;

namespace ServerlessConcurrency.Api.Contracts;

/// <summary>The routes of the HTTP API, each after <see cref="Prefix"/>; constants, so that triggers can name them in attributes.</summary>
public static class ApiRoutes
{
    /// <summary>What every route begins with; in a Functions app, the default <c>routePrefix</c> of host.json.</summary>
    public const string Prefix = "api";

    /// <summary>POST starts an experiment, GET lists them.</summary>
    public const string Experiments = "experiments";

    /// <summary>GET reads an experiment, DELETE removes it.</summary>
    public const string Experiment = "experiments/{id}";

    /// <summary>POST ends an experiment and keeps what was measured.</summary>
    public const string Cancel = "experiments/{id}/cancel";

    /// <summary>GET streams the timings.</summary>
    public const string Timings = "experiments/{id}/timings";

    /// <summary>GET streams the trace.</summary>
    public const string Trace = "experiments/{id}/trace";

    /// <summary>GET reads the report.</summary>
    public const string Report = "experiments/{id}/report";

    /// <summary>GET compares it with another.</summary>
    public const string Comparison = "experiments/{id}/comparison";

    /// <summary>GET follows an experiment until it ends; on the local server only.</summary>
    public const string Events = "experiments/{id}/events";

    /// <summary>GET lists what can be run.</summary>
    public const string Workloads = "workloads";

    /// <summary>GET tells whether the program is there.</summary>
    public const string Health = "health";

    /// <summary>GET describes all of this.</summary>
    public const string OpenApi = "openapi.json";

    /// <summary>GET reads the page from which people do all of this.</summary>
    public const string Dashboard = "dashboard";

    /// <summary>
    /// The request header by which a client names the experiment it starts, so that a request sent twice starts it once; in the
    /// form of <see cref="Core.Documents.ExperimentId"/>.
    /// </summary>
    public const string IdHeader = "Experiment-Id";

    /// <summary>GET streams the timings as an exporter writes them.</summary>
    public static string TimingsBy(ITimingExporter exporter) =>
        exporter == TimingFormats.Trace ? Trace : $"{Timings}?format={exporter.Format}";
}
