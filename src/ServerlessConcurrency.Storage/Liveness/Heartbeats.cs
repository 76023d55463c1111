using System.Collections.Concurrent;
using ServerlessConcurrency.Core.Documents;

namespace ServerlessConcurrency.Storage.Liveness;

/// <summary>The heartbeats of the experiments that this program runs.</summary>
public sealed class Heartbeats(Func<string, CancellationToken, Task> beat, TimeProvider clock) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Heartbeat>> _running = new(StringComparer.Ordinal);

    /// <summary>Starts the heartbeat of an experiment, unless it beats already or needs none.</summary>
    public void Start(MeasurementDocument document)
    {
        if (!AbandonedExperiment.EndsWithItsProgram(document))
            return;
        _ = _running.GetOrAdd(
            document.Id,
            id => new Lazy<Heartbeat>(() => new Heartbeat(token => beat(id, token), clock))).Value;
    }

    /// <summary>Stops the heartbeat of an experiment, if it has one.</summary>
    public ValueTask StopAsync(string experimentId) =>
        _running.TryRemove(experimentId, out Lazy<Heartbeat>? heartbeat) ? heartbeat.Value.DisposeAsync() : default;

    public async ValueTask DisposeAsync()
    {
        foreach (string experimentId in _running.Keys)
            await StopAsync(experimentId).ConfigureAwait(false);
    }
}
