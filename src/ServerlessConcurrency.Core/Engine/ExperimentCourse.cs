using System.Runtime.ExceptionServices;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Wording;

namespace ServerlessConcurrency.Core.Engine;

/// <summary>
/// The frame around a measurement: begins it, lets them take their course, and ends it whatever happened, so that
/// what was measured is kept.
/// </summary>
/// <param name="sinks">Where results go, in this order; one that fails gets nothing more.</param>
public sealed class ExperimentCourse(IReadOnlyList<IExperimentSink> sinks, TimeProvider clock)
{
    private readonly List<IExperimentSink> _healthy = [.. sinks];
    private readonly List<IExperimentSink> _full = [];

    /// <summary>How many timings are measured and not stored yet.</summary>
    public int WaitingTimings => _healthy.Count == 0 ? 0 : _healthy.Max(sink => sink.WaitingTimings);

    /// <summary>Carries an experiment out. Cancellation and failure end it early and are told in the outcome, not thrown.</summary>
    /// <param name="begun">The experiment as it begins, with status <see cref="ExperimentStatus.Running"/>.</param>
    /// <param name="measure">Measures; what it throws ends the experiment.</param>
    /// <param name="conclude">Adds what was measured, and the conclusions, to the experiment, the status of which is known.</param>
    public async Task<(TDocument Document, Exception? Failure)> RunAsync<TDocument>(
        TDocument begun, Func<Task> measure, Func<TDocument, TDocument> conclude, CancellationToken cancellationToken)
        where TDocument : MeasurementDocument
    {
        Exception? failure = null;
        try
        {
            await CallAsync(sink => sink.BeginAsync(begun, cancellationToken), cancellationToken);
            await measure();
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        bool cancelled = failure is OperationCanceledException && cancellationToken.IsCancellationRequested;
        failure = cancelled ? null : failure;
        MeasurementDocument ended = begun with
        {
            Status = cancelled ? ExperimentStatus.Cancelled
                : failure is null ? ExperimentStatus.Completed
                : ExperimentStatus.Failed,
            FinishedAt = clock.GetUtcNow(),
            Error = failure is null ? null : FailureText.Of(failure),
        };
        TDocument document = conclude((TDocument)ended);
        try
        {
            // What was measured is kept even though the user may have cancelled.
            await CallAsync(sink => sink.EndAsync(document, CancellationToken.None), CancellationToken.None);
        }
        catch (Exception exception)
        {
            failure ??= exception;
        }

        await TellTheFullAsync(document);
        return (document, failure);
    }

    // A disk or a memory that is full for what was measured may have room for how it ended.
    private async Task TellTheFullAsync(MeasurementDocument document)
    {
        foreach (IExperimentSink sink in _full)
        {
            try
            {
                await sink.UpdateAsync(document, CancellationToken.None);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or StorageUnavailableException || FailureText.IsOfMemory(exception))
            {
                // It has failed already, and that is told.
            }
        }
    }

    /// <summary>Calls every sink that has not failed, also after one fails: what was measured is to reach all that still work.</summary>
    /// <param name="call">Passes the token on.</param>
    /// <param name="cancellationToken">Interrupts. A sink that gives up by itself, e.g. after a time-out, has failed.</param>
    /// <param name="atOnce">Side by side, on threads of the pool; else one after the other.</param>
    public async Task CallAsync(Func<IExperimentSink, Task> call, CancellationToken cancellationToken, bool atOnce = false)
    {
        IExperimentSink[] sinks = [.. _healthy];
        var calls = new List<Task<Exception?>>(sinks.Length);
        foreach (IExperimentSink sink in sinks)
        {
            calls.Add(atOnce && sinks.Length > 1 ? Task.Run(() => TryAsync(sink), CancellationToken.None) : TryAsync(sink));
            if (!atOnce)
                await calls[^1];
        }

        ExceptionDispatchInfo? failure = null;
        foreach ((IExperimentSink sink, Exception? exception) in sinks.Zip(await Task.WhenAll(calls)))
        {
            if (exception is null)
                continue;
            failure ??= ExceptionDispatchInfo.Capture(exception);
            // One that was interrupted is to hear how it ended.
            if (exception is OperationCanceledException && cancellationToken.IsCancellationRequested)
                continue;
            _healthy.Remove(sink);
            if (exception is IOException || FailureText.IsOfMemory(exception))
                _full.Add(sink);
        }

        failure?.Throw();

        async Task<Exception?> TryAsync(IExperimentSink sink)
        {
            try
            {
                await call(sink);
                return null;
            }
            catch (Exception exception)
            {
                return exception;
            }
        }
    }
}
