using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Core.Telemetry;

namespace ServerlessConcurrency.Telemetry;

/// <summary>
/// Sends spans and metrics by OTLP where the variables of OpenTelemetry say, until it is disposed of. Without its endpoint nothing is made, and no
/// assembly of OpenTelemetry is loaded.
/// </summary>
internal sealed class TelemetryExport : IDisposable
{
    /// <summary>Further sources of spans, separated by commas: those of users' code or its libraries, e.g. <c>System.Net.Http</c>.</summary>
    private const string SourcesVariable = "SCONC_TRACE_SOURCES";

    // Set while an experiment is measured: its child processes send, too, and those of claims do not.
    private const string WorkersVariable = "SCONC_TRACE_WORKERS";

    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string HeadersVariable = "OTEL_EXPORTER_OTLP_HEADERS";
    private const string Service = "sconc";

    // A child process has a second to end.
    private static readonly TimeSpan WorkerPatience = TimeSpan.FromMilliseconds(900);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly TimeSpan _patience;
    private readonly IProgress<string>? _notes;
    private readonly TelemetryFailures? _failures;
    private readonly TracerProvider _spans;
    private readonly MeterProvider? _metrics;
    private bool _isDisposed;

    private TelemetryExport(TimeSpan patience, IProgress<string>? notes)
    {
        _patience = patience;
        _notes = notes;
        ResourceBuilder resource = ResourceBuilder.CreateEmpty()
            .AddService(Service, serviceVersion: typeof(TelemetryExport).Assembly.GetName().Version?.ToString(3), serviceInstanceId: HostIdentity.Current.Id)
            .AddAttributes([new("host.name", HostIdentity.Current.Machine), new("process.pid", (long)HostIdentity.Current.ProcessId)])
            .AddTelemetrySdk()
            .AddEnvironmentVariableDetector();
        _spans = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource([MeasurementTelemetry.Name, .. FurtherSources()])
            .SetSampler(new ParentBasedSampler(new OwnRootSampler()))
            .AddOtlpExporter()
            .Build();
        if (notes is null)
            return;
        _failures = new TelemetryFailures();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(MeasurementTelemetry.Name)
            .AddOtlpExporter()
            .Build();
        Environment.SetEnvironmentVariable(WorkersVariable, "1");
    }

    /// <summary>Sends what the program that measures tells of an experiment.</summary>
    /// <param name="notes">Is told once, at the end, if some of it could not be sent.</param>
    public static IDisposable? OfExperiment(IProgress<string> notes) => IsWanted ? Begin(Patience, notes) : null;

    /// <summary>Sends the spans of a child process.</summary>
    public static IDisposable? OfWorker() => IsWanted && Environment.GetEnvironmentVariable(WorkersVariable) is not null ? Begin(WorkerPatience, notes: null) : null;

    /// <summary>Sends what is left, as long as it is patient.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
            return;
        if (_notes is not null)
            Environment.SetEnvironmentVariable(WorkersVariable, null);
        // An endpoint that does not answer delays nothing for longer; what waits for it goes on in the background.
        int patience = (int)_patience.TotalMilliseconds;
        Task<bool[]> sent = Task.WhenAll(Task.Run(() => _spans.Shutdown(patience)), Task.Run(() => _metrics?.Shutdown(patience) ?? true));
        // Those that give up say false, and may say it before this stops waiting for them.
        bool isSent = sent.Wait(_patience) && sent.Result.All(all => all);
        if (_failures is { } failures && (failures.Any || !isSent))
            _notes?.Report($"Not all telemetry could be sent to {Endpoint}.");
        _failures?.Dispose();
        // Or they would listen to the next experiment.
        sent.ContinueWith(
            _ =>
            {
                _spans.Dispose();
                _metrics?.Dispose();
            },
            TaskScheduler.Default).Wait(isSent ? _patience : TimeSpan.Zero);
    }

    private static bool IsWanted => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(EndpointVariable));

    // As it was given, but for a password.
    private static string Endpoint =>
        $"{Regex.Replace(Environment.GetEnvironmentVariable(EndpointVariable) ?? "", "//[^/]*@", "//")} ({EndpointVariable})";

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TelemetryExport? Begin(TimeSpan patience, IProgress<string>? notes)
    {
        try
        {
            return new TelemetryExport(patience, notes);
        }
        catch (ArgumentException error)
        {
            notes?.Report($"No telemetry is sent to {Endpoint}: {error.Message} See {HeadersVariable}.");
            return null;
        }
    }

    private static string[] FurtherSources() =>
        (Environment.GetEnvironmentVariable(SourcesVariable) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Begins no trace but those of experiments: what users' code does outside of a task with a span is not told.</summary>
    private sealed class OwnRootSampler : Sampler
    {
        public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
            new(samplingParameters.Name.StartsWith(MeasurementTelemetry.RootName, StringComparison.Ordinal));
    }
}
