using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using ServerlessConcurrency.Api.Engines;
using ServerlessConcurrency.Api.Problems;
using ServerlessConcurrency.Core.Documents;
using ServerlessConcurrency.Core.Specs;

namespace ServerlessConcurrency.Api.Endpoints;

/// <summary>Experiments as server-sent events, for as long as they are under way and somebody listens. Safe for all threads; one for the life of the program.</summary>
internal sealed class EventEndpoints(IExperimentStore store, IExperimentEngine engine, TimeProvider clock, IHostApplicationLifetime server)
{
    public const int MaxClients = 32;

    /// <summary>What says that the connection is alive; a comment to whoever reads events.</summary>
    public static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(500);
    private readonly ObservedExperiments _known = new(store, engine);
    private readonly TimeProvider _clock = clock;
    private readonly IHostApplicationLifetime _server = server;
    private int _clients;

    /// <summary><c>GET experiments/{id}/events</c>: the experiment as <c>GET experiments/{id}</c> tells it, whenever that changes, until it has ended.</summary>
    /// <returns>200 with events, or a problem: 429 where too many listen.</returns>
    public Task<IResult> FollowAsync(HttpRequest request, string id, CancellationToken cancellationToken) => Faults.AnswerAsync(request, async () =>
    {
        if (await _known.FindAsync(id, cancellationToken) is not { } document)
            return ProblemResult.NoSuchExperiment(id);
        if (Interlocked.Increment(ref _clients) <= MaxClients)
            return new Events(this, document);
        Interlocked.Decrement(ref _clients);
        throw new EngineBusyException(FormattableString.Invariant($"{MaxClients} clients follow experiments already; GET /api/experiments/{id} tells the same"));
    });

    private sealed class Events(EventEndpoints endpoints, MeasurementDocument first) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            CancellationToken gone = httpContext.RequestAborted;
            try
            {
                httpContext.Response.ContentType = "text/event-stream";
                await WriteAsync(httpContext.Response.Body, gone);
            }
            catch (OperationCanceledException) when (gone.IsCancellationRequested)
            {
                // Nobody listens any more.
            }
            catch (Exception exception) when (Faults.Describe(exception) is not null)
            {
                // The client asks again, and the status of the answer tells what is the matter.
            }
            finally
            {
                Interlocked.Decrement(ref endpoints._clients);
            }
        }

        private async Task WriteAsync(Stream output, CancellationToken gone)
        {
            CancellationToken stopping = endpoints._server.ApplicationStopping;
            using var end = CancellationTokenSource.CreateLinkedTokenSource(gone, stopping);
            byte[] told = [];
            long toldAt = 0;
            bool isLast = false;
            for (MeasurementDocument? document = first; document is not null; document = await endpoints._known.FindAsync(document.Id, gone))
            {
                byte[] now = JsonSerializer.SerializeToUtf8Bytes(document, ExperimentJson.Compact);
                bool isNews = !now.AsSpan().SequenceEqual(told);
                if (isNews || endpoints._clock.GetElapsedTime(toldAt) >= HeartbeatInterval)
                {
                    await output.WriteAsync((byte[])(isNews ? [.. "data: "u8, .. now, .. "\n\n"u8] : [.. ": nothing new\n\n"u8]), gone);
                    await output.FlushAsync(gone);
                    (told, toldAt) = (now, endpoints._clock.GetTimestamp());
                }

                if (document.Status.HasEnded() || isLast)
                    return;
                await Task.Delay(LookInterval, endpoints._clock, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                // Where the server stops it is told once more how far it has come: experiments end before. What was read before the stop may be older.
                isLast = stopping.IsCancellationRequested;
            }
        }
    }
}
