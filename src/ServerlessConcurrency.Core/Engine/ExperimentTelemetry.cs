using System.Diagnostics;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Plans;
using ServerlessConcurrency.Core.Telemetry;

namespace ServerlessConcurrency.Core.Engine;

/// <summary>The span of an experiment: the root of its trace. It and those of runs are never current: what the program does meanwhile is no part of it.</summary>
public sealed class ExperimentTelemetry : IDisposable
{
    private readonly Activity? _span;

    public ExperimentTelemetry(ExperimentDocument document)
    {
        _span = Begin(MeasurementTelemetry.RootName + document.Spec.Name, default);
        _span?.SetTag("sconc.experiment.id", document.Id).SetTag("sconc.experiment.name", document.Spec.Name);
    }

    /// <summary>Its span, as W3C Trace Context writes it, for processes that carry out its runs; null where it is not traced.</summary>
    public string? Trace => _span is { IsAllDataRequested: true } ? _span.Id : null;

    public RunTelemetry Begin(PlannedRun run) => new(run, _span is null ? null : Begin(RunTelemetry.NameOf(run), _span.Context));

    public void End(ExperimentDocument document)
    {
        _span?.SetTag("sconc.experiment.status", document.Status.ToString().ToLowerInvariant()).SetTag("sconc.experiment.runs", document.Runs.Count);
        if (document.Error is { } error)
            _span?.SetStatus(ActivityStatusCode.Error, error);
    }

    public void Dispose() => _span?.Dispose();

    internal static Activity? Begin(string name, ActivityContext parent)
    {
        Activity? current = Activity.Current;
        Activity.Current = null;
        Activity? span = MeasurementTelemetry.Source.StartActivity(name, ActivityKind.Internal, parent);
        Activity.Current = current;
        return span;
    }
}
