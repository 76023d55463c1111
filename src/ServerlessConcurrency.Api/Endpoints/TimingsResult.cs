using Microsoft.AspNetCore.Http;
using ServerlessConcurrency.Api.Engines;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Runs;
using ServerlessConcurrency.Reporting.Exporting;

namespace ServerlessConcurrency.Api.Endpoints;

/// <summary>
/// A file of timings, written into the response run by run while they are read from the store. So that many clients do not need much
/// memory, they are served one after another; whoever takes long, or does not read, is joined by the next.
/// </summary>
internal sealed class TimingsResult : IResult
{
    private readonly IExperimentEngine _engine;
    private readonly ExperimentDocument _experiment;
    private readonly ITimingExporter _exporter;
    private readonly IAsyncEnumerator<RunTimings> _runs;
    private readonly bool _any;
    private readonly Turn _turn;

    private TimingsResult(
        IExperimentEngine engine, ExperimentDocument experiment, ITimingExporter exporter, IAsyncEnumerator<RunTimings> runs, bool any, Turn turn)
    {
        _engine = engine;
        _experiment = experiment;
        _exporter = exporter;
        _runs = runs;
        _any = any;
        _turn = turn;
    }

    /// <summary>Reads the first timings, so that a store that does not answer, or has lost all, is noticed while the status can still tell it.</summary>
    /// <exception cref="InvalidDataException">The experiment has runs, and none of their timings is left.</exception>
    public static async Task<IResult> OpenAsync(
        IExperimentStore store, IExperimentEngine engine, ExperimentDocument document, ITimingExporter exporter, CancellationToken cancellationToken)
    {
        Turn turn = await Turn.WaitAsync(cancellationToken);
        try
        {
            IAsyncEnumerator<RunTimings> runs = store.ReadTimingsAsync(document, cancellationToken).GetAsyncEnumerator(cancellationToken);
            bool any = await runs.MoveNextAsync();
            while (any && runs.Current.Timings.Count == 0)
                any = await runs.MoveNextAsync();
            return any || document.Runs.Count == 0
                ? new TimingsResult(engine, document, exporter, runs, any, turn)
                : throw MissingTimings.OfAll(document);
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        response.ContentType = _exporter.MediaType;
        response.Headers.ContentDisposition = $"attachment; filename=\"{_experiment.Id}-{_exporter.FileName}\"";
        try
        {
            await using (_runs)
                await WriteAsync(new TurnStream(response.Body, _turn), httpContext.RequestAborted);
        }
        catch
        {
            // A file that breaks off must not look complete to the client.
            httpContext.Abort();
            throw;
        }
        finally
        {
            _turn.Dispose();
        }
    }

    private async Task WriteAsync(Stream output, CancellationToken cancellationToken)
    {
        ITimingWriter writer = _exporter.Begin(_experiment, output);
        var passedOn = new RowsPassedOn();
        for (bool any = _any; any; any = await _runs.MoveNextAsync())
        {
            await writer.WriteAsync(_runs.Current, cancellationToken);
            if (_engine.IsIdle)
                passedOn.Add(_runs.Current);
        }

        // Not in a finally: disposing of it writes the end of the file.
        await writer.DisposeAsync();
    }
}
